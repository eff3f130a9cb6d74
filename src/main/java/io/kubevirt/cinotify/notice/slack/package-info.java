/** Slack: one root message per incident, edited as it changes; escalations and reminders in its thread; buttons. */
@NullMarked
package io.kubevirt.cinotify.notice.slack;

import org.jspecify.annotations.NullMarked;
