/** What a message says, by templates that an operator can replace, and how each channel writes it. */
@NullMarked
package io.kubevirt.cinotify.notice.template;

import org.jspecify.annotations.NullMarked;
