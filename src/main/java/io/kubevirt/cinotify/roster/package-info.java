/** Who is responsible for an area at an instant, and if nobody is at work, who first and when. Pure. */
@NullMarked
package io.kubevirt.cinotify.roster;

import org.jspecify.annotations.NullMarked;
