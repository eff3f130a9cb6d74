/** GitHub: a small client of its REST API, and the channel that speaks through issues and comments. */
@NullMarked
package io.kubevirt.cinotify.notice.github;

import org.jspecify.annotations.NullMarked;
