/**
 * When a message is required: counts red runs, lets what is larger explain what is smaller, and sees to it that the right
 * person hears of the rest while at work. State + event + now → new state + rulings. Pure; docs/decide.md tells it in words.
 */
@NullMarked
package io.kubevirt.cinotify.incident.policy;

import org.jspecify.annotations.NullMarked;
