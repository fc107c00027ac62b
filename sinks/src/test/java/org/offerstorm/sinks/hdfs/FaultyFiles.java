package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.apache.avro.file.SeekableInput;
import org.apache.hadoop.fs.Path;

/** Real files with one fault: a call that fails although, or because, nothing happened, or after which the process is dead. */
final class FaultyFiles implements LogFiles {
    enum Fault {
        /** The call fails and had no effect. */
        REFUSED,
        /** The call is answered, and has no effect; for calls without a result, such as the request to recover a lease. */
        IGNORED,
        /** The call had its effect, but the answer was lost. */
        UNANSWERED,
        /** The call had its effect, then the process died. */
        CRASH,
        /** The client throws what it never announced, and nothing happened. */
        UNEXPECTED
    }

    /** When the fault strikes; counts the calls of all processes but polling. */
    static final class Plan {
        private final Fault fault;
        private final BiPredicate<Integer, String> strikes;
        private int calls;
        private boolean struck;

        private Plan(Fault fault, BiPredicate<Integer, String> strikes) {
            this.fault = fault;
            this.strikes = strikes;
        }

        static Plan atCall(int number, Fault fault) {
            return new Plan(fault, (call, operation) -> call == number);
        }

        /** At the first call of an operation: {@code create, write, sync, close, rename, …}. */
        static Plan atFirst(String operation, Fault fault) {
            return new Plan(fault, (call, name) -> name.equals(operation));
        }

        static Plan none() {
            return new Plan(Fault.REFUSED, (call, operation) -> false);
        }

        int calls() {
            return calls;
        }

        boolean hasStruck() {
            return struck;
        }

        private <T> T call(Incarnation process, String operation, Call<T> call) throws IOException {
            if (process.dead) {
                throw new IOException("this process is dead");
            }
            if (!operation.equals("isClosed")) { // polled, more or less often
                calls++;
            }
            boolean now = !struck && strikes.test(calls, operation);
            if (!now) {
                return call.run();
            }
            struck = true;
            if (fault == Fault.REFUSED) {
                throw new IOException("injected: " + operation + " refused");
            }
            if (fault == Fault.UNEXPECTED) {
                throw new IllegalStateException("injected: " + operation + " met what it did not expect");
            }
            if (fault == Fault.IGNORED) {
                return null;
            }
            call.run();
            if (fault == Fault.CRASH) {
                process.die();
            }
            throw new IOException("injected: " + operation + " not answered");
        }
    }

    /** A process with its clients. */
    static final class Incarnation {
        private final List<LogFiles> clients = new ArrayList<>();
        private boolean dead;

        boolean isDead() {
            return dead;
        }

        /** Open outputs and clients break, as when the network fails for a moment; new clients work. */
        void loseConnections() {
            clients.forEach(LogFiles::abort);
            clients.clear();
        }

        /** Its clients answer no more, its files are left as they are. */
        void die() {
            dead = true;
            clients.forEach(LogFiles::abort);
        }
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException;
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private final LogFiles files;
    private final Plan plan;
    private final Incarnation process;

    FaultyFiles(LogFiles files, Plan plan, Incarnation process) {
        this.files = files;
        this.plan = plan;
        this.process = process;
        process.clients.add(files);
    }

    private void run(String operation, Action action) throws IOException {
        plan.call(process, operation, () -> {
            action.run();
            return null;
        });
    }

    @Override
    public List<Entry> list(Path directory) throws IOException {
        return plan.call(process, "list", () -> files.list(directory));
    }

    @Override
    public int checksumBytes() {
        return files.checksumBytes();
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return plan.call(process, "exists", () -> files.exists(path));
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        run("makeDirectory", () -> files.makeDirectory(directory));
    }

    @Override
    public Output create(Path file) throws IOException {
        return plan.call(process, "create", () -> new FaultyOutput(files.create(file)));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        run("rename", () -> files.rename(from, to));
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        run("replace", () -> files.replace(from, to));
    }

    @Override
    public void delete(Path path) throws IOException {
        run("delete", () -> files.delete(path));
    }

    @Override
    public void recoverLease(Path file) throws IOException {
        run("recoverLease", () -> files.recoverLease(file));
    }

    @Override
    public boolean isClosed(Path file) throws IOException {
        return plan.call(process, "isClosed", () -> files.isClosed(file));
    }

    @Override
    public SeekableInput open(Path file) throws IOException {
        return plan.call(process, "open", () -> new FaultyInput(files.open(file)));
    }

    @Override
    public void abort() {
        files.abort();
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private final class FaultyInput implements SeekableInput {
        private final SeekableInput in;

        FaultyInput(SeekableInput in) {
            this.in = in;
        }

        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }

        @Override
        public long tell() throws IOException {
            return in.tell();
        }

        @Override
        public long length() throws IOException {
            return in.length();
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            return plan.call(process, "read", () -> in.read(bytes, from, count));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Like Hadoop's, it keeps its first failure, and throws that very object at each later call. */
    private final class FaultyOutput extends Output {
        private final Output out;
        private IOException failure;

        FaultyOutput(Output out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            remembering("write", () -> out.write(bytes, from, length));
        }

        @Override
        public void sync() throws IOException {
            remembering("sync", out::sync);
        }

        @Override
        public long length() {
            return out.length();
        }

        @Override
        public void close() throws IOException {
            remembering("close", out::close);
        }

        private void remembering(String operation, Action action) throws IOException {
            if (failure != null) {
                throw failure;
            }
            try {
                FaultyFiles.this.run(operation, action);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
