/** Wiring, clock, health, metrics, logs. */
@NullMarked
package io.kubevirt.cinotify.app;

import org.jspecify.annotations.NullMarked;
