/** Sees what does not happen: jobs that do not start, clusters that stand still, a silent Prow. Pure. */
@NullMarked
package io.kubevirt.cinotify.incident.timeliness;

import org.jspecify.annotations.NullMarked;
