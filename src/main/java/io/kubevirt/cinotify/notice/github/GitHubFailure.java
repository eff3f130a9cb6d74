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
package io.kubevirt.cinotify.notice.github;

import io.kubevirt.cinotify.notice.Receipt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why GitHub did not do what it was asked for; the message is a sentence that tells the operator what to do. */
public final class GitHubFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** What it means for what was asked. */
    public enum Kind {
        /** It was not done; it may work later. */
        LATER,
        /** It was done or not: the answer was lost. */
        UNCLEAR,
        /** What it is about is not there, or not to be seen with this token. */
        MISSING,
        /** It will not work as it is. */
        REFUSED
    }

    private final Kind kind;
    private final Duration after;
    private final Receipt.Scope scope;

    GitHubFailure(Kind kind, Duration after, String sentence, @Nullable Throwable cause) {
        this(kind, after, Receipt.Scope.PLACE, sentence, cause);
    }

    private GitHubFailure(Kind kind, Duration after, Receipt.Scope scope, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
        this.after = after;
        this.scope = scope;
    }

    static GitHubFailure later(Duration after, String sentence) {
        return new GitHubFailure(Kind.LATER, after, sentence, null);
    }

    /** A limit that holds for all that we ask, or a token that GitHub does not take. */
    static GitHubFailure laterForAll(Duration after, String sentence) {
        return new GitHubFailure(Kind.LATER, after, Receipt.Scope.CHANNEL, sentence, null);
    }

    /** It will not work as it is. */
    public static GitHubFailure refused(String sentence) {
        return new GitHubFailure(Kind.REFUSED, Duration.ZERO, sentence, null);
    }

    static GitHubFailure missing(String sentence) {
        return new GitHubFailure(Kind.MISSING, Duration.ZERO, sentence, null);
    }

    /** What it means. */
    public Kind kind() {
        return kind;
    }

    /** How long to wait at least, by GitHub's word; zero if it gave none. */
    public Duration after() {
        return after;
    }

    /** Whether all that is asked of GitHub has to wait, or only what is at the same place. */
    public Receipt.Scope scope() {
        return scope;
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
