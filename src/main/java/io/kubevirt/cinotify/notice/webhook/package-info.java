/** Anything that takes JSON by POST: {@code config/webhook.schema.json} says what it gets. */
@NullMarked
package io.kubevirt.cinotify.notice.webhook;

import org.jspecify.annotations.NullMarked;
