package org.offerstorm.local.trials.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.offerstorm.local.servers.JavaCommand;
import org.offerstorm.local.servers.Proc;

/** The dashboard in a separate process with little memory, and what it uses. */
final class DashboardProcess implements AutoCloseable {
    /** The program that the launcher starts; by its name, since it depends on this package. */
    static final String PROGRAM = "org.offerstorm.local.trials.Offerstorm";

    private final Process process;
    private final String url;

    private DashboardProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it on a free port and waits until it listens. */
    static DashboardProcess start(String redis, Path errors) throws IOException {
        List<String> flags = List.of(
                DashboardLoad.HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:MaxDirectMemorySize=64m");
        Process process = new ProcessBuilder(
                        JavaCommand.of(flags, PROGRAM, List.of("dashboard", "--port", "0", "--redis", redis)))
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

    /** Peak resident memory so far in bytes; -1 where the system does not report it. */
    long peakResident() {
        return Proc.peakMemory(process.pid()).orElse(-1);
    }

    double cpuSeconds() {
        return Proc.cpuSeconds(process.pid()).orElse(Double.NaN);
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
