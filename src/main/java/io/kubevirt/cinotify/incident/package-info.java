/** Whether a message is required, to whom and when: state + event + now → new state + decisions. Pure. */
@NullMarked
package io.kubevirt.cinotify.incident;

import org.jspecify.annotations.NullMarked;
