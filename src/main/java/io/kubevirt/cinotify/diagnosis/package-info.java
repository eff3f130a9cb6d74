/** What a failed run is: its cause, SIG and area, with the rule that said so. Pure. */
@NullMarked
package io.kubevirt.cinotify.diagnosis;

import org.jspecify.annotations.NullMarked;
