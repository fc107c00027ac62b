package org.offerstorm.tools.generate;

import java.util.List;

/** Longer descriptions: three to fourteen sentences of one language, in paragraphs. */
final class Paragraphs {
    private static final List<String> FRENCH = List.of(
            "Rattaché·e au responsable de site, vous organisez le travail d'une petite équipe et suivez ses résultats.",
            "Le poste est basé à %c, à deux pas du tramway ; trois jours de télétravail par semaine sont possibles.",
            "Vous aimez le travail bien fait, les délais ne vous effraient pas et vous savez dire non avec le sourire.",
            "Une première expérience de deux ans dans un métier voisin est appréciée, sans être exigée.",
            "Rémunération selon profil, treizième mois, titres-restaurant et mutuelle prise en charge à 70 %.",
            "Vous préparez les dossiers des clients, tenez le planning à jour et relancez les fournisseurs.",
            "L'anglais est lu couramment ; une seconde langue est un atout pour nos échanges avec l'étranger.",
            "Nous formons chaque nouvel arrivant pendant six semaines, avec un collègue expérimenté à ses côtés.",
            "Déplacements ponctuels dans la région, véhicule de service fourni, permis B indispensable.",
            "À terme, vous reprendrez la gestion complète de l'atelier et le recrutement des saisonniers.",
            "Votre candidature sera lue par une personne, et vous aurez une réponse sous quinze jours.",
            "Horaires décalés une semaine sur trois, majorés selon la convention collective.");

    private static final List<String> ENGLISH = List.of(
            "You will plan the week of a small team, look after its budget and report to the head of the site.",
            "The office is in %c, ten minutes on foot from the station, and you may work from home on most days.",
            "We look for somebody who finishes what was begun, and who asks early when something is unclear.",
            "Two years in a similar trade are welcome, but curiosity counts for more than a list of diplomas.",
            "We offer a fair salary, thirty days of leave, a pension scheme and a kitchen that is worth its name.",
            "Among your tasks are the care of our customers' files, the schedule, and the talks with suppliers.",
            "A good command of written French helps, since half of our partners prefer it.",
            "Each newcomer spends the first six weeks side by side with an experienced colleague.",
            "Now and then you will travel within the region; a car is provided, a licence is required.",
            "In time you will take over the whole workshop and hire the people for the season.",
            "A human being reads each application, and each of them is answered within a fortnight.",
            "One week in three begins early or ends late, and is paid accordingly.");

    private Paragraphs() {}

    static String description(Dice dice, String place) {
        List<String> language = dice.percent(70) ? FRENCH : ENGLISH;
        int sentences = 3 + dice.below(6) + dice.below(7);
        int first = dice.below(language.size());
        StringBuilder text = new StringBuilder(128 * sentences);
        for (int n = 0; n < sentences; n++) {
            text.append(n == 0 ? "" : dice.percent(25) ? "\n\n" : " ");
            text.append(language.get((first + 5 * n) % language.size()).replace("%c", place));
        }
        return text.toString();
    }
}
