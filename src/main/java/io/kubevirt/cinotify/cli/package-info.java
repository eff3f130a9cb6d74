/** The command line: serve, check-config, explain, roster. */
@NullMarked
package io.kubevirt.cinotify.cli;

import org.jspecify.annotations.NullMarked;
