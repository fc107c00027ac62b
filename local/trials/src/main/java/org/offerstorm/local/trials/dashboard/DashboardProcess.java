package org.offerstorm.local.trials.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The dashboard in a process of its own with little memory, and what it uses. */
final class DashboardProcess implements AutoCloseable {
    static final String HEAP = "-Xmx160m";

    private final Process process;
    private final String url;

    private DashboardProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it on a free port and waits until it listens. */
    static DashboardProcess start(String redis, Path errors) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:MaxDirectMemorySize=64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.offerstorm.local.trials.Offerstorm",
                        "dashboard",
                        "--port",
                        "0",
                        "--redis",
                        redis))
                .redirectError(errors.toFile())
                .start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("Dashboard")) {
                return new DashboardProcess(process, line.substring(line.indexOf("http")));
            }
        }
        process.destroy();
        throw new IOException("the dashboard did not start: " + Files.readString(errors));
    }

    String url() {
        return url;
    }

    /** Resident memory at most so far in bytes; -1 where the system does not tell. */
    long peakResident() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return -1;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
            }
        }
        return -1;
    }

    double cpuSeconds() {
        return process.info().totalCpuDuration().map(d -> d.toMillis() / 1e3).orElse(Double.NaN);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
