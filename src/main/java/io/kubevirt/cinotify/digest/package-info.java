/** What the plugin knows already, put together before the meetings that would collect it by hand. */
@NullMarked
package io.kubevirt.cinotify.digest;

import org.jspecify.annotations.NullMarked;
