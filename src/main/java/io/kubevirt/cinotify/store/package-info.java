/** The only place with SQL: the journal of deliveries, the runs, the incidents, the outbox. */
@NullMarked
package io.kubevirt.cinotify.store;

import org.jspecify.annotations.NullMarked;
