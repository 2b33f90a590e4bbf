// Ablehnungen der Einführung: Standorte, Pläne, Vorlage, Ringe, Erweiterungen, Abnahme und Kennzahlen.

/** Nach Kennung; in geschweiften Klammern nur, was auch im englischen Satz steht. */
export const deRefusalsRollout = {
  NO_SUCH_SITE: 'In dieser Firma gibt es keinen Standort {site}. Prüfen Sie die Kennung, oder legen Sie ihn zuerst an.',
  SITE_THERE:
    'Es gibt schon einen Standort {code}, oder einen, der dieselbe Reichweite ({scope}) regelt. Ändern Sie diesen, oder eröffnen Sie ihn in einer anderen Firma.',
  SITE_NOT_HERE: 'In dieser Firma gibt es keinen Standort {id}. Wählen Sie die Firma, zu der er gehört.',
  SITE_NOT_COMPARABLE:
    'Es gibt keinen Standort {code}, der dasselbe regelt wie {site} und den Sie sehen dürfen. Wählen Sie einen der Liste.',
  PLACE_UNNAMED:
    'Ein Standort, der einen Ort regelt, ist von der Art „warehouse“ und nennt den Ort, und kein anderer tut das: {code} ist von der Art „{kind}“, regelt „{scope}“ und nennt {place}. Berichtigen Sie eines davon.',
  PLACE_UNKNOWN:
    'In dieser Firma gibt es kein Lager {place}. Es gibt: {known}. Nennen Sie eines davon, oder legen Sie das Lager zuerst an.',
  PLACE_GOVERNED: '{place} wird schon vom Standort {site} geregelt. Ändern Sie diesen.',
  PLACE_WITHOUT_COMPANY:
    'Die Firma von {place} hat noch keinen Standort, unter dem er stehen könnte. Eröffnen Sie zuerst einen, der die Firma regelt.',
  NEW_SITE_THERE:
    'Es gibt schon eine Firma oder einen offenen Antrag mit der Kennung {code}. Wählen Sie eine andere, oder öffnen Sie, was da ist.',
  NEW_SITE_OWN:
    'Sie haben Standort {code} beantragt, deshalb entscheidet jemand anders. Fragen Sie die Gestaltungshoheit.',
  PLAN_UNKNOWN:
    'In dieser Firma gibt es keinen Plan {plan}. Prüfen Sie die Nummer, oder wählen Sie die Firma seines Standorts.',
  PLAN_ONE_AT_A_TIME: 'Machen Sie einen Plan nach dem anderen: Jeder nennt den, auf dem er aufbaut.',
  PLAN_OWN: 'Sie haben Plan {number} gemacht, deshalb genehmigt ihn jemand anders.',
  PLAN_HASH_DIFFERS:
    'Plan {number} hat den Hash {hash}, nicht den, den Sie genehmigen. Lesen Sie den Plan noch einmal, und genehmigen Sie, was er jetzt sagt.',
  PLAN_NEEDS_DECISION:
    'In Plan {number} haben Vorlage und Standort dasselbe geändert. Nehmen Sie die Änderung des Standorts zurück, übernehmen Sie sie, oder beantragen Sie eine Abweichung; dann machen Sie den Plan neu.',
  PLAN_STALE: 'Plan {number} lässt sich nicht mehr anwenden: {why}. Machen Sie einen neuen.',
  PROPOSAL_OWN: 'Sie haben Vorschlag {number} gemacht, deshalb nimmt ihn jemand anders an.',
  DRIFT_UNKNOWN: '{name} ist nicht abgedriftet. Laden Sie die Drift des Standorts neu.',
  CONFIGURATION_DANGLES:
    '{object} nennt {missing} ({field}), was es nicht gibt. Fügen Sie {missing} der Vorlage hinzu, oder berichtigen Sie den Namen.',
  TEMPLATE_BLOCK: 'Die Datei {file} der Vorlage ist nicht lesbar: {problem}. Berichtigen Sie sie.',
  RELEASE_UNKNOWN: 'Es gibt keine Ausgabe {number}. Veröffentlichen Sie sie zuerst, oder nennen Sie eine der Liste.',
  RELEASE_WITHDRAWN: 'Ausgabe {number} wurde zurückgezogen. Wählen Sie eine spätere.',
  RELEASE_UNSOUND: 'Die Vorlage hat {count} Fehler: {problems}. Berichtigen Sie sie, und veröffentlichen Sie neu.',
  RELEASE_THERE:
    'Ausgabe {number} ist schon erschienen und ändert sich nie. Geben Sie der Vorlage die nächste Version.',
  RELEASE_NOT_LATER:
    'Version {number} kommt nicht nach {latest}, die erschienen ist. Geben Sie der Vorlage eine spätere.',
  RELEASE_FAILS_AT:
    'Ausgabe {number} wird noch nicht angeboten: Am Standort {site} scheitert damit Szenario {scenario} ({count} Fehlschläge insgesamt). Berichtigen Sie die Ausgabe, oder lassen Sie begründen, warum {trial} so stehen darf.',
  RELEASE_ALTERED:
    'Die Dateien der Ausgabe {number} sind nicht die veröffentlichten: Sie ergeben ihren Hash nicht. Führen Sie `tradewright template verify` aus, und lassen Sie niemanden ihr folgen.',
  RINGS_WITHOUT_RULES:
    'Ausgabe {number} sagt nichts über Ringe: {problem}. Ergänzen Sie den Abschnitt rings in ihrer governance.yaml, und veröffentlichen Sie die nächste Version.',
  RINGS_THERE:
    'Die Ringe der Ausgabe {number} sind schon geplant. Öffnen Sie den nächsten, wenn es so weit ist, oder planen Sie sie mit Begründung neu.',
  RINGS_OF_TWO:
    'Ringe werden für eine Ausgabe geplant, und diese gehören zu {number} und {other}. Planen Sie jede Ausgabe für sich.',
  RINGS_NONE: 'Für Ausgabe {number} stehen keine Ringe; neu zu planen ist nichts. Planen Sie sie zum ersten Mal.',
  RINGS_UNDERWAY:
    'Standort {site} des Rings {ring} folgt Ausgabe {number} schon; deshalb bleiben ihre Ringe. Öffnen Sie den nächsten, wenn es so weit ist, oder lassen Sie diesen Standort zuerst der Ausgabe davor folgen.',
  RING_OF_FOLLOWER:
    'Standort {site} folgt Ausgabe {number} schon und gehört deshalb in Ring 0 des neuen Plans. Setzen Sie ihn dorthin, oder lassen Sie ihn zuerst der Ausgabe davor folgen.',
  RINGS_INCOMPLETE:
    'Die Ringe der Ausgabe {number} enthalten nicht jeden Standort einmal: {site} steht in {times} davon. Machen Sie den Plan neu.',
  RING_NOT_READY:
    'Ring {ring} kann noch nicht öffnen: {site} in einem Ring davor {why}. Warten Sie, bis sich die Ausgabe an jedem Standort dort bewährt hat.',
  RING_CLOSED:
    'Standort {site} darf Ausgabe {number} noch nicht folgen: Sein Ring {ring} ist nicht offen. Lassen Sie ihn zuerst öffnen.',
  TRIAL_BY_MACHINE:
    'Was gespielt wurde, hält die Maschine fest, die es spielte. Führen Sie stattdessen `tradewright template what-if RELEASE --scenarios` aus.',
  DEVIATION_OVER:
    'Eine Abweichung braucht einen letzten Tag, der noch kommt; {expires} ist nicht nach {today}. Wählen Sie einen späteren.',
  DEVIATION_KIND:
    'Eine Art von Konfiguration {kind} gibt es nicht. Nehmen Sie Art und Objekt so, wie Plan oder Abweichung des Standorts sie nennen.',
  DEVIATION_ELSEWHERE:
    'Standort {site} regelt {object} nicht. Beantragen Sie es dort, wo es geregelt wird: im Standort der Gruppe, der Firma oder des Lagers.',
  DEVIATION_TOO_LONG:
    'Eine Abweichung endet binnen {days} Tagen, und {expires} ist später. Wählen Sie einen früheren Tag, und verlängern Sie sie, wenn sie dann noch gebraucht wird.',
  DEVIATION_ASKED:
    'Für {object} ist an diesem Standort schon eine Abweichung beantragt. Warten Sie die Entscheidung ab, oder ziehen Sie sie zuerst zurück.',
  DEVIATION_UNKNOWN: 'In dieser Firma gibt es keine Abweichung {number}. Prüfen Sie die Nummer.',
  DEVIATION_NOT_RENEWED:
    'Abweichung {number} ist „{state}“; verlängert wird nur eine genehmigte. Beantragen Sie eine neue.',
  DEVIATION_WITHOUT_CONFIGURE:
    'Eine Abweichung ist eine andere Einstellung als die der Vorlage. Antworten Sie mit „einstellen“, oder lassen Sie die Abweichung weg.',
  OWN_DEVIATION:
    'Sie haben Abweichung {number} beantragt, deshalb genehmigt sie jemand anders. Fragen Sie ein anderes Mitglied der Gestaltungshoheit.',
  CHALLENGE_INVALID:
    'Die Prüffragen für Erweiterungen passen nicht: {problem}. Berichtigen Sie ihre Datei in der Vorlage, und versuchen Sie es noch einmal.',
  CHALLENGE_ANSWERS: 'Die Prüfung fragt {questions}. Geben Sie auf jede davon eine ihrer Antworten: {problem}.',
  EXTENSION_CODE:
    '{code} kann keine Erweiterung benennen. Nehmen Sie kleine Wörter mit Bindestrich, höchstens 30 Zeichen, etwa door-tags.',
  EXTENSION_THERE:
    'Die Erweiterung {code} steht schon im Verzeichnis. Überarbeiten oder beenden Sie diese, oder wählen Sie eine andere Kennung.',
  EXTENSION_RETIRES:
    'Als letzter Tag geht {day} nicht, denn heute ist {today}. Nennen Sie einen späteren, höchstens {days} Tage entfernt.',
  EXTENSION_VALUE:
    'Ausgangswert und Ziel von {metric} sind gleich; so sähe niemand, was {code} bringt. Nennen Sie ein anderes Ziel.',
  EXTENSION_UNPROVEN:
    '{code} soll etwas tun ({category}), was keine Anforderung verlangt. Nennen Sie eine Anforderung dieses Standorts, die im Fit-Gap so beantwortet ist.',
  OWN_EXTENSION: 'Sie haben {code} vorgeschlagen, deshalb tut das jemand anders: {verb}.',
  EXTENSION_UNCHALLENGED: '{code} wurde mit den jetzigen Fragen nicht geprüft. Lassen Sie das zuerst tun.',
  EXTENSION_BELOW:
    '{code} hat {score} Punkte, und {threshold} werden gebraucht. Lehnen Sie ab, lassen Sie überarbeiten, oder bitten Sie den Sitz {seat}, mit Begründung darunter zu genehmigen.',
  EXTENSION_NOT_BELOW:
    '{code} hat {score} Punkte, und das genügt. Lassen Sie den Sitz {seat} ohne Ausnahme genehmigen.',
  EXTENSION_BY_MACHINE:
    'Ergebnisse von Tests hält die Maschine fest, die sie spielt. Führen Sie tradewright extension test aus, statt sie von Hand zu schreiben.',
  EXTENSION_NO_RELEASE:
    'Es ist noch keine Vorlage erschienen; also kann nichts mit ihr getestet sein. Lassen Sie zuerst eine Ausgabe veröffentlichen.',
  EXTENSION_UNTESTED:
    '{code} hat keinen grünen Test mit Ausgabe {release} und Version {core} des Produkts. Führen Sie zuerst tradewright extension test {code} aus.',
  EXTENSIONS_UNTESTED:
    'Ausgabe {release} wurde auf Version {core} des Produkts nicht oder nicht mit Erfolg versucht mit: {extensions}. Führen Sie zuerst für jede davon tradewright extension test mit diesen Dateien aus.',
  UAT_ONE_AT_A_TIME: 'Beginnen Sie einen Lauf nach dem anderen.',
  UAT_AT_WORK: 'Lauf {number} dieses Standorts ist im Gang. Warten Sie, bis er fertig ist, oder brechen Sie ihn ab.',
  UAT_SCENARIO_UNKNOWN:
    'An diesem Standort wird kein Szenario {scenario} gespielt: {why}. Wählen Sie aus der Liste der Szenarien.',
  UAT_NOTHING:
    'Kein Szenario der Sammlung sagt etwas über diesen Standort. Sehen Sie sich zuerst seine Rollen und Regeln an.',
  UAT_RUN_KIND:
    'Lauf {number} ist von der Art „{kind}“; seine Schritte werden so bewertet: {how}. Beginnen Sie dafür einen Lauf der anderen Art.',
  UAT_BY_MACHINE:
    'Was gespielt wurde, hält die Maschine fest, die es spielte. Beginnen Sie stattdessen einen Lauf von Hand, und bewerten Sie seine Schritte.',
  UAT_STEP_UNKNOWN:
    'Szenario {scenario} hat keinen Schritt {step}; es hat {steps}. Laden Sie die Seite neu, und bewerten Sie noch einmal.',
  UAT_NOTE_NEEDED: 'Sagen Sie in der Bemerkung, was bei Schritt {step} anders war als erwartet.',
  UAT_NOT_DONE:
    'In Lauf {number} haben {open} von {total} Szenarien noch kein Ergebnis, etwa {scenario}. Beenden Sie sie, oder brechen Sie den Lauf ab.',
  UAT_OWN_RUN: 'Sie haben Lauf {number} begonnen oder sind darin mitgegangen; deshalb unterschreibt ihn jemand anders.',
  UAT_SCOPE_UNKNOWN:
    'Lauf {number} enthält nichts davon: {what}. Nennen Sie einen Ablauf oder ein Szenario, das er gespielt hat, oder keines von beiden für den ganzen Lauf.',
  UAT_NOT_READY:
    'Das kann noch nicht unterschrieben werden: {problem}. Beheben Sie es, und lassen Sie es zuerst neu testen.',
  UAT_SIGNED:
    'Das ist in Lauf {number} schon unterschrieben. Unterschreiben Sie einen anderen Ablauf, oder lassen Sie es.',
  UAT_RESULT_UNKNOWN: 'In dieser Firma gibt es kein Ergebnis {result}. Laden Sie den Lauf neu.',
  UAT_RUN_UNKNOWN: 'In dieser Firma gibt es keinen Lauf {id}. Sehen Sie in der Liste der Läufe nach.',
  KPI_UNKNOWN: 'Es gibt keine Kennzahl {id}. Nennen Sie eine davon: {known}.',
  KPI_DAYS:
    'Von {from} bis {to} hat bis {today} kein Tag begonnen. Geben Sie einen ersten Tag an, der nicht nach dem letzten und nicht in der Zukunft liegt.',
  KPI_TOO_LONG: 'Mehr als {most} Tage auf einmal werden nicht gerechnet. Fragen Sie nach weniger.',
  KPI_TOO_FINE:
    'In dieser Teilung ({grain}) hat die Zeit mehr als {most} Punkte. Fragen Sie nach Wochen oder Monaten, oder nach weniger Tagen.',
  CHECK_AT_WORK:
    'Prüfung {number} ist schon im Gang. Warten Sie ihr Ende ab; was sie findet, ist so gut wie eben erst gefunden.',
} as const
