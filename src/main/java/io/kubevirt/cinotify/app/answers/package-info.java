/** Answers what people ask in comments: hears, looks around on GitHub, decides with the incidents, reacts. */
@NullMarked
package io.kubevirt.cinotify.app.answers;

import org.jspecify.annotations.NullMarked;
