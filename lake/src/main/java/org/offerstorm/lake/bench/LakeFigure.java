package org.offerstorm.lake.bench;

/**
 * One line of a trial.
 *
 * @param cpu seconds of the process
 * @param wall seconds
 * @param number what was counted, or a size
 */
record LakeFigure(String name, double cpu, double wall, long number) {
    private static final int COLUMNS = 4;

    static LakeFigure parse(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("not a line of a trial: " + line);
        }
        return new LakeFigure(
                columns[0], Double.parseDouble(columns[1]), Double.parseDouble(columns[2]), Long.parseLong(columns[3]));
    }
}
