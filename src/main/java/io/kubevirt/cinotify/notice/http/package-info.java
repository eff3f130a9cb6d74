/** One request to somebody else's server, for a bounded time, with the beginning of the answer. */
@NullMarked
package io.kubevirt.cinotify.notice.http;

import org.jspecify.annotations.NullMarked;
