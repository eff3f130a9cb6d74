/**
 * Prow's vocabulary: jobs, runs, their states and descriptions, the addresses of their artifacts, the job configuration.
 *
 * <p>Pure: text and records in, records out. Every door of the plugin ends in the same {@link
 * io.kubevirt.cinotify.prow.JobRun}.
 */
@NullMarked
package io.kubevirt.cinotify.prow;

import org.jspecify.annotations.NullMarked;
