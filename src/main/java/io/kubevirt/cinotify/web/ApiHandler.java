// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kubevirt.cinotify.web.api.ActivityDayItem;
import io.kubevirt.cinotify.web.api.ItemPage;
import io.kubevirt.cinotify.web.api.LaneDayItem;
import io.kubevirt.cinotify.web.api.ReadContext;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.RequestProblem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers {@code GET} requests to {@code /api/v1}. */
final class ApiHandler {
    static final String PREFIX = "/api/v1";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final List<Endpoint> endpoints;

    ApiHandler(List<Endpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
    }

    Answer answer(BoardRequest request, ReadContext context) throws RequestProblem {
        List<String> segments = request.segments().subList(2, request.segments().size());
        Endpoint endpoint = endpoints.stream()
                .filter(each -> each.matches(segments))
                .findFirst()
                .orElseThrow(
                        () -> RequestProblem.notFound("the API has no such route", "see " + PREFIX + "/openapi.json"));
        RequestParameters parameters = new RequestParameters(request.query(), endpoint.parameters());
        boolean csv =
                parameters.choice("format", List.of("json", "csv"), "json").equals("csv");
        parameters.requireValid();
        Object answer = endpoint.read().from(context, endpoint.id(segments), parameters);
        return csv && answer instanceof ItemPage<?> page
                ? Answer.of(200, Answer.CSV, csv(endpoint, page))
                : Answer.of(200, Answer.JSON, json(answer));
    }

    private static String csv(Endpoint endpoint, ItemPage<?> page) {
        String header = endpoint.item() == LaneDayItem.class ? LaneDayItem.CSV_HEADER : ActivityDayItem.CSV_HEADER;
        return Stream.concat(
                        Stream.of(header),
                        page.items().stream()
                                .map(item ->
                                        item instanceof LaneDayItem day ? day.csv() : ((ActivityDayItem) item).csv()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    static Answer problem(RequestProblem problem) {
        return Answer.of(problem.status(), Answer.PROBLEM, json(problem.body()));
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }
}
