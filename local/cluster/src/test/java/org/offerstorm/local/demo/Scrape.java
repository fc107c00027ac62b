package org.offerstorm.local.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Prometheus would read of a worker.
 *
 * @param samples name with labels, as they are served, to the value
 */
record Scrape(Map<String, Double> samples) {
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+(?:\\{.*})?) (\\S+)");

    /** @param address {@code HOST:PORT} */
    static Scrape of(String address) throws IOException {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://" + address + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            Map<String, Double> samples = new TreeMap<>();
            answer.body().lines().forEach(line -> {
                Matcher sample = SAMPLE.matcher(line);
                if (sample.matches()) {
                    samples.put(sample.group(1), Double.valueOf(sample.group(2).replace("+Inf", "Infinity")));
                }
            });
            return new Scrape(samples);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Of all series of the name with these labels, each {@code name="value"}. */
    long sum(String name, String... labels) {
        return (long) samples.entrySet().stream()
                .filter(each -> each.getKey().replaceFirst("\\{.*", "").equals(name))
                .filter(each -> Set.of(labels).stream().allMatch(each.getKey()::contains))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Letters by stage and reason, those that there are. */
    Map<String, Long> letters() {
        Pattern letter = Pattern.compile("offerstorm_dead_letters_total\\{reason=\"(.*)\",stage=\"(.*)\"}");
        return samples.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(each -> Map.entry(letter.matcher(each.getKey()), each.getValue()))
                .filter(each -> each.getKey().matches())
                .collect(Collectors.toMap(
                        each -> each.getKey().group(2) + " " + each.getKey().group(1),
                        each -> each.getValue().longValue()));
    }

    /** The sinks that report. */
    Set<String> sinks() {
        Pattern sink = Pattern.compile("offerstorm_sink_passed_total\\{sink=\"(.*)\",task=.*");
        return samples.keySet().stream()
                .map(sink::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toSet());
    }
}
