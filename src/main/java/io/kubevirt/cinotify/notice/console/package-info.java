/** The channel that needs nothing: standard output. */
@NullMarked
package io.kubevirt.cinotify.notice.console;

import org.jspecify.annotations.NullMarked;
