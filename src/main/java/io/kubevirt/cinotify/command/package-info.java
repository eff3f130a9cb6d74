/** What people ask of the plugin in comments, and what it answers. */
@NullMarked
package io.kubevirt.cinotify.command;

import org.jspecify.annotations.NullMarked;
