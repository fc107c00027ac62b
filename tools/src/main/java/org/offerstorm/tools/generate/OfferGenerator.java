package org.offerstorm.tools.generate;

import java.time.LocalDate;
import java.util.List;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.reference.Professions.Profession;
import org.offerstorm.tools.generate.Event.Kind;

/**
 * An endless stream of made-up offers: new ones, corrections (a new name, a move, another profession), deletions, returns
 * of deleted ones, and bad records. The same seed, mix, profile and table of professions give the same stream, on every
 * machine. One thread.
 */
public final class OfferGenerator {
    /** A profession that no table has. */
    private static final long UNLISTED = 999_999;

    private static final long FIRST_SECOND = LocalDate.of(2026, 1, 5).toEpochDay() * 86_400 + 8 * 3600;
    private static final long PERIOD_SECONDS = 10L * 365 * 86_400;
    private static final List<Integer> ZONES = List.of(0, 0, 60, 120, -300, 330, 540);
    private static final int TRIES = 8;
    private static final int NONE = -1;

    private final Dice dice;
    private final List<Profession> professions;
    private final Drafts drafts = new Drafts();
    private final BadRecords bad = new BadRecords();
    private final Mix mix;
    private final Profile profile;
    private final StringBuilder line = new StringBuilder(512);

    /** {@link Mix#USUAL} and {@link Profile#SPREAD}: the stream of the samples. */
    public OfferGenerator(long seed, Professions professions) {
        this(seed, professions, Mix.USUAL, Profile.SPREAD);
    }

    public OfferGenerator(long seed, Professions professions, Mix mix, Profile profile) {
        this.dice = new Dice(seed);
        this.professions = professions.table();
        this.mix = mix;
        this.profile = profile;
    }

    /** The next line. Never ends. */
    public Event next() {
        Kind kind = mix.kind(dice.below(1000));
        // Early on there may be none to change: then one more insert.
        int slot = kind == Kind.INSERT ? NONE : pick(kind == Kind.RETURN);
        if (slot == NONE) {
            return insert();
        }
        return switch (kind) {
            case INSERT, CORRECTION -> correction(slot);
            case DELETION -> deletion(slot);
            case RETURN -> comeBack(slot);
            case BAD -> bad(slot);
        };
    }

    private Event deletion(int slot) {
        Cell before = cell(slot);
        drafts.live[slot] = false;
        return new Event(Kind.DELETION, id(slot), JsonLine.begin(line, id(slot)) + ",\"deleted\":true}", before, null);
    }

    private Event comeBack(int slot) {
        drafts.live[slot] = true;
        change(slot);
        return new Event(Kind.RETURN, id(slot), write(slot), null, cell(slot));
    }

    private Event bad(int slot) {
        Cell cell = cell(slot);
        return new Event(Kind.BAD, id(slot), bad.next(line, id(slot)), cell, cell);
    }

    private Event insert() {
        int slot = drafts.add();
        drafts.live[slot] = true;
        drafts.profession[slot] = anyProfession();
        drafts.place[slot] = profile.place(dice);
        return new Event(Kind.INSERT, id(slot), write(slot), null, cell(slot));
    }

    private Event correction(int slot) {
        Cell before = cell(slot);
        change(slot);
        return new Event(Kind.CORRECTION, id(slot), write(slot), before, cell(slot));
    }

    /** A third keeps place and profession: only the words change. */
    private void change(int slot) {
        int what = dice.below(3);
        if (what == 1) {
            drafts.place[slot] = profile.place(dice);
        } else if (what == 2) {
            drafts.profession[slot] = anyProfession();
        }
    }

    private int pick(boolean deleted) {
        for (int n = 0; n < TRIES && drafts.size() > 0; n++) {
            int slot = dice.below(drafts.size());
            if (drafts.live[slot] != deleted) {
                return slot;
            }
        }
        return NONE;
    }

    private int anyProfession() {
        int hundred = dice.below(100);
        return hundred < 5 ? -1 : hundred < 8 ? professions.size() : dice.below(professions.size());
    }

    private City place(int slot) {
        return profile.place(drafts.place[slot]);
    }

    /** By hand, not by the code that the pipeline runs. */
    private Cell cell(int slot) {
        int profession = drafts.profession[slot];
        String category = profession < 0
                ? "(none)"
                : profession == professions.size()
                        ? "(other)"
                        : professions.get(profession).category();
        City place = place(slot);
        return Cell.of(category, place == null ? Continent.UNKNOWN : place.continent());
    }

    /** Most are plain; some hold what must never matter: slashes, colons, accents, blanks. */
    private String id(int slot) {
        long number = drafts.number[slot];
        if (number % 50 == 7) {
            return "réf/" + number + ": é {x}";
        }
        String digits = Long.toString(number);
        return "offer-" + "0".repeat(Math.max(0, 7 - digits.length())) + digits;
    }

    private String write(int slot) {
        int index = drafts.profession[slot];
        City place = place(slot);
        String where = place == null ? "home" : place.name();
        String work = index < 0 || index == professions.size()
                ? "Jack of all trades"
                : professions.get(index).name();

        JsonLine.begin(line, id(slot));
        if (index >= 0) {
            long id = index == professions.size()
                    ? UNLISTED
                    : professions.get(index).id();
            line.append(",\"profession_id\":").append(id);
        }
        if (dice.percent(95)) {
            JsonLine.field(line, "contract_type", Wording.contract(dice));
        }
        JsonLine.field(line, "name", Wording.title(dice, work, where));
        if (place != null) {
            line.append(",\"office_latitude\":");
            JsonLine.degrees(line, place.latitudeMicros() + profile.jitterMicros(dice, place));
            line.append(",\"office_longitude\":");
            JsonLine.degrees(line, place.longitudeMicros() + profile.jitterMicros(dice, place));
        }
        if (dice.percent(80)) {
            JsonLine.field(line, "company", Wording.company(dice));
        }
        if (dice.percent(profile.descriptionsPercent())) {
            JsonLine.field(line, "description", profile.description(dice, where));
        }
        if (dice.percent(70)) {
            publishedAt(drafts.number[slot]);
        }
        return line.append('}').toString();
    }

    private void publishedAt(long number) {
        int zone = dice.one(ZONES);
        long local = FIRST_SECOND + number * 37 % PERIOD_SECONDS + zone * 60L;
        long day = Math.floorDiv(local, 86_400L);
        int second = (int) Math.floorMod(local, 86_400L);
        line.append(",\"published_at\":\"").append(LocalDate.ofEpochDay(day)).append('T');
        two(second / 3600).append(':');
        two(second / 60 % 60).append(':');
        two(second % 60);
        if (zone == 0) {
            line.append('Z');
        } else {
            line.append(zone < 0 ? '-' : '+');
            two(Math.abs(zone) / 60).append(':');
            two(Math.abs(zone) % 60);
        }
        line.append('"');
    }

    private StringBuilder two(int number) {
        return line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
