/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.bump;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells the pull requests of bots apart. */
public final class BumpClasses {

    private final List<BumpClass> classes;
    private final Set<String> bots;

    /** @param classes each with a name of its own; asked in their order, the first that fits decides */
    public BumpClasses(List<BumpClass> classes) {
        this.classes = List.copyOf(classes);
        this.bots = classes.stream()
                .flatMap(known -> known.author().stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All of them, in order. */
    public List<BumpClass> all() {
        return classes;
    }

    /** The one of a pull request that was recognised before, as it is in its repository; empty if it is no more. */
    public Optional<BumpClass> of(BumpPull pull) {
        return classes.stream()
                .filter(known -> known.name().equals(pull.of()))
                .findFirst()
                .map(known -> known.in(pull.repository()));
    }

    /** What a pull request is. */
    public Recognition recognise(PullRequest pull) {
        List<String> trace = new ArrayList<>();
        for (BumpClass known : classes) {
            switch (known.match(pull)) {
                case YES -> {
                    trace.add(found(known, pull));
                    return new Recognition(
                            known.isBump() ? Recognition.Kind.BUMP : Recognition.Kind.OTHER,
                            known.in(pull.repository()),
                            trace);
                }
                case TITLE_CONTRADICTS ->
                    trace.add("the branch " + pull.headRef() + " is that of " + known.name()
                            + ", the title is not: it is not taken for one");
                case FOREIGN_FORK ->
                    trace.add("branch and title are those of " + known.name() + ", but the fork is " + pull.headOwner()
                            + "'s: it is not taken for one");
                case NO -> {}
            }
        }
        if (pull.author() != null && bots.contains(pull.author().toLowerCase(Locale.ROOT))) {
            trace.add(pull.author() + " is a bot that the settings know, and the pull request is of no class");
            return new Recognition(Recognition.Kind.UNCLASSIFIED, null, trace);
        }
        trace.add(
                pull.author() == null
                        ? "nobody knows who opened it, and its title is of no class"
                        : pull.author() + " is no bot that the settings know");
        return new Recognition(Recognition.Kind.HUMAN, null, trace);
    }

    private static String found(BumpClass known, PullRequest pull) {
        boolean byBranch = known.head() != null && pull.headRef() != null;
        return "class " + known.name() + " by its "
                + (byBranch ? "branch " + pull.headRef() : "title, as its branch is not known")
                + (pull.author() == null ? "; nobody knows who opened it" : ", opened by " + pull.author());
    }
}
