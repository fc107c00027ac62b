package org.offerstorm.local.trials.dashboard;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.tools.generate.LoadOffers;

/** How long a single offer takes from Redis to a viewer. */
final class SingleOffers {
    private SingleOffers() {}

    /**
     * Writes offers one by one, each after the one before was seen.
     *
     * @return microseconds, in ascending order
     * @throws Failure if one is not seen within 10 s
     */
    static List<Long> measure(String url, LoadOffers offers, int count) throws IOException, InterruptedException {
        LinkedBlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        Cell cell = Cell.of("Single", Continent.EU);
        List<Long> micros = new ArrayList<>();
        offers.writeOne(cell);
        Thread.sleep(2_000); // what is under way arrives
        LoadViewer viewer = LoadViewer.open(HttpClient.newHttpClient(), url, update -> {
            if (update.contains("\"category\":\"Single\"")) {
                var unused = arrived.offer(update);
            }
        });
        Thread.sleep(1_000);
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            offers.writeOne(cell);
            if (arrived.poll(10, TimeUnit.SECONDS) == null) {
                throw Failure.unreachable(
                        "offer " + i + " did not arrive within 10 s; "
                                + viewer.arrivals().size() + " updates did",
                        null);
            }
            micros.add((System.nanoTime() - start) / 1_000);
            Thread.sleep(137 + 29 * (i % 7)); // not in step with the dashboard
        }
        Collections.sort(micros);
        return micros;
    }
}
