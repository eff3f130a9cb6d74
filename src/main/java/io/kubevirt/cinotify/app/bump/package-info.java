/** Follows the pull requests of bots from their opening to their end. */
@NullMarked
package io.kubevirt.cinotify.app.bump;

import org.jspecify.annotations.NullMarked;
