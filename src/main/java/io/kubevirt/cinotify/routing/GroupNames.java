// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import java.util.Set;

/**
 * The words that an instance of Prow uses for its people's groups.
 *
 * @param sigs the names of the SIGs
 * @param areas the areas of the operations group
 * @param annotationPrefix what stands before {@code /sig} and {@code /area} in a job's annotations
 */
public record GroupNames(SigNames sigs, Set<String> areas, String annotationPrefix) {}
