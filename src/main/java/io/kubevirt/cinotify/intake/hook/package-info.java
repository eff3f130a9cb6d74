/**
 * The door that Prow's hook knocks on: signature, headers, size, then the raw delivery into the journal, then 200.
 *
 * <p>It interprets nothing and decides nothing.
 */
@NullMarked
package io.kubevirt.cinotify.intake.hook;

import org.jspecify.annotations.NullMarked;
