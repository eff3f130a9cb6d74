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
package io.kubevirt.cinotify.notice.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Saying;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook gets: {@code config/webhook.schema.json} describes it. What is not known is left out.
 *
 * @param version of this form; raised with each change
 * @param id of the message; the same for each attempt
 * @param thread the incident's identity, or what a letter continues
 * @param kind {@code opened}, …, or {@code letter}
 * @param at when the people named in it are told
 * @param to who is told
 * @param why the trace of the decision
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WebhookBody(
        int version,
        String id,
        String thread,
        String kind,
        @Nullable Instant decidedAt,
        @Nullable Instant at,
        @Nullable String title,
        String text,
        @Nullable IncidentView incident,
        @Nullable Addressee to,
        List<String> why) {

    private static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    static WebhookBody of(Saying saying) {
        return switch (saying.content()) {
            case Content.IncidentNews news -> of(news.message(), news);
            case Content.Letter letter ->
                new WebhookBody(
                        VERSION,
                        letter.id(),
                        letter.thread(),
                        "letter",
                        null,
                        null,
                        letter.title(),
                        letter.markdown(),
                        null,
                        null,
                        List.of());
        };
    }

    private static WebhookBody of(Message message, Content.IncidentNews news) {
        return new WebhookBody(
                VERSION,
                news.id(),
                news.thread(),
                message.kind().word(),
                message.decidedAt(),
                message.at(),
                message.incident().title(),
                message.text(),
                message.incident(),
                message.to(),
                news.why());
    }

    byte[] json() {
        try {
            return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message that cannot be written as JSON", e);
        }
    }
}
