package org.offerstorm.tools.figures;

/** Where a worker serves its figures; known to both sides without asking. */
public final class FiguresPort {
    private static final int LARGEST = 65_535;
    /** Below are ports that only the superuser may take. */
    private static final int SMALLEST = 1_024;

    private FiguresPort() {}

    /**
     * The slot's port plus the offset; beyond the last port it goes on at the first free one.
     *
     * @param offset 0: no figures are served
     * @return 0 for none
     */
    public static int of(int slotPort, int offset) {
        if (offset == 0) {
            return 0;
        }
        int port = slotPort + offset;
        return port <= LARGEST ? port : port - LARGEST - 1 + SMALLEST;
    }
}
