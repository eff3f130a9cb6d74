/** Makes digests of what the plugin knows, and sends them before the meetings. */
@NullMarked
package io.kubevirt.cinotify.app.digest;

import org.jspecify.annotations.NullMarked;
