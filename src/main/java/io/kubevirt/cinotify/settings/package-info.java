/** The settings file and the documents beside it: read, checked, reloaded; the last good version stays. */
@NullMarked
package io.kubevirt.cinotify.settings;

import org.jspecify.annotations.NullMarked;
