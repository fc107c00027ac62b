import com.sun.tools.attach.VirtualMachine;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the heap of a JVM that runs, for alerts.sh: {@code java -cp … HeapFault PID JAR FILE}. The JAR has this class as its
 * agent. What the JVM's own objects and these leave free is 7 % of the heap, for as long as there is a FILE.
 */
public final class HeapFault {
    private static final double FULL = 0.93;
    private static final int PIECE = 64 << 10;

    public static void main(String[] arguments) throws Exception {
        VirtualMachine jvm = VirtualMachine.attach(arguments[0]);
        try {
            jvm.loadAgent(arguments[1], arguments[2]);
        } finally {
            jvm.detach();
        }
    }

    public static void agentmain(String file) {
        Thread thread = new Thread(() -> fill(new File(file)), "heap-fault");
        thread.setDaemon(true);
        thread.start();
    }

    private static void fill(File file) {
        List<byte[]> pieces = new ArrayList<>();
        try {
            while (file.exists()) {
                System.gc(); // what is garbage does not count
                MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
                // By halves: an estimate that is too high would end the JVM.
                long missing = (long) (heap.getMax() * FULL - heap.getUsed()) / 2;
                for (long i = 0; i < missing; i += PIECE) {
                    pieces.add(new byte[PIECE]);
                }
                Thread.sleep(missing < PIECE ? 5_000 : 200);
            }
        } catch (InterruptedException e) {
            return;
        } finally {
            pieces.clear();
        }
    }
}
