package org.offerstorm.tools.generate;

import java.util.List;

/** Words of made-up offers, in English and French, with what breaks careless readers: commas, quotes, tabs, emoji. */
final class Wording {
    /** {@code %p} is the profession, {@code %c} the place. */
    private static final List<String> TITLES = List.of(
            "%p",
            "%p (H/F)",
            "%p, %c",
            "Senior: %p",
            "%p 🚀",
            "Head of \"%p\" (m/f/x)",
            "%p, nights, weekends & holidays",
            "Junior, %p\t(%c)",
            "We're hiring! %p 🎉",
            "%c <%p>",
            "Stage – %p à %c",
            "Alternance, 12 mois : %p",
            "Responsable « %p », %c",
            "CDI\t%p (H/F)",
            "L'équipe %p s'agrandit 😀",
            "Adjoint·e, %p",
            "Poste \"confirmé\" : %p",
            "Remplaçant·e d'été ☀️, %p",
            "%p \\ %c",
            "=%p; %c");

    private static final List<String> COMPANIES = List.of(
            "Moulin & Filles",
            "Atelier \"Nord-Sud\"",
            "Larkfield, Bros. and Sister",
            "Coopérative du Vieux Pont",
            "Öresund Verkstad",
            "Tidal Ledger Ltd",
            "Clinique des Trois Chênes",
            "École Buissonnière",
            "Quillon Freight",
            "みなと工房",
            "Panadería El Sol",
            "Kestrel Analytics",
            "Sève, pâtissiers",
            "Harbour Lights Hotel",
            "O'Malley's Yard",
            "Verger & Vigne");

    private static final List<String> CONTRACTS = List.of(
            "FULL_TIME",
            "FULL_TIME",
            "FULL_TIME",
            "PART_TIME",
            "INTERNSHIP",
            "APPRENTICESHIP",
            "TEMPORARY",
            "FREELANCE");

    private static final List<String> SENTENCES = List.of(
            "You like to see things through, and others like to work with you.",
            "Le poste est à pourvoir dès que possible, à %c.",
            "Three days a week on site, the rest where you please.",
            "Équipe de huit personnes, ambiance studieuse mais « bonne franquette ».",
            "Pay by agreement; a meal is included, \"seconds\" too.",
            "Permis B souhaité, sens de l'humour exigé 😉.",
            "We answer every letter within ten days.",
            "Aucune expérience exigée : on vous apprend tout.");

    private Wording() {}

    static String title(Dice dice, String profession, String place) {
        return fill(dice.one(TITLES), profession, place);
    }

    static String company(Dice dice) {
        return dice.one(COMPANIES);
    }

    static String contract(Dice dice) {
        return dice.one(CONTRACTS);
    }

    static String description(Dice dice, String place) {
        StringBuilder text = new StringBuilder();
        for (int sentences = 1 + dice.below(4); sentences > 0; sentences--) {
            text.append(text.isEmpty() ? "" : dice.percent(30) ? "\r\n\r\n" : " ");
            text.append(fill(dice.one(SENTENCES), "", place));
        }
        return text.toString();
    }

    private static String fill(String pattern, String profession, String place) {
        StringBuilder text = new StringBuilder(pattern.length() + profession.length() + place.length());
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '%') {
                text.append(pattern.charAt(++i) == 'p' ? profession : place);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
