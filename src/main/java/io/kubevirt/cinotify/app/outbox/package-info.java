/** Says everything once, over any number of channels: what is due is claimed, said, and noted. */
@NullMarked
package io.kubevirt.cinotify.app.outbox;

import org.jspecify.annotations.NullMarked;
