/** Jira: an issue per incident of the areas that the settings name, through REST v2. */
@NullMarked
package io.kubevirt.cinotify.notice.jira;

import org.jspecify.annotations.NullMarked;
