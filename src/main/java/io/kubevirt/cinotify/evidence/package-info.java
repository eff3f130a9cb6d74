/** What a run left behind, fetched and read: an edge. It says what is there, and judges nothing. */
@NullMarked
package io.kubevirt.cinotify.evidence;

import org.jspecify.annotations.NullMarked;
