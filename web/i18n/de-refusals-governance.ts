// Ablehnungen der Einführung: Sitze und Entscheidungen, Änderungen, Tore, Fit-Gap, Codes, Piloten und Zugriffsrechte.

/** Nach Kennung; in geschweiften Klammern nur, was auch im englischen Satz steht. */
export const deRefusalsGovernance = {
  GOVERNANCE_INVALID:
    'Die Datei der Governance passt nicht: {problem}. Berichtigen Sie sie, und versuchen Sie es noch einmal.',
  SEAT_UNKNOWN: 'Es gibt keinen Sitz {seat}. Nennen Sie einen davon: {known}.',
  AREA_NEEDED:
    'Wer entscheidet, hängt vom Gebiet ab. Nennen Sie eines davon, damit dessen Sitz {seat} entscheiden kann: {areas}.',
  DECISION_UNKNOWN: 'Die Entscheidungsrechte kennen keine Entscheidung der Art {kind}. Nennen Sie eine davon: {known}.',
  SEAT_VACANT: 'Den Sitz {name} hat heute niemand, und er entscheidet das. Lassen Sie zuerst jemanden darauf berufen.',
  NOT_YOUR_SEAT:
    'Das entscheidet der Sitz {name}; ihn hat {holders}. Fragen Sie dort, oder lassen Sie sich als Vertretung benennen.',
  SEAT_TERM:
    'Die Zeit von {from} bis {to} geht nicht auf. Geben Sie einen ersten Tag an, der nicht nach dem letzten liegt.',
  SEAT_TAKEN: '{name} hat den Sitz {seat} schon. Beenden Sie zuerst diese Berufung, oder berufen Sie jemand anderen.',
  PERSON_UNKNOWN:
    'Es gibt keine tätige Person {person}. Geben Sie E-Mail-Adresse oder Kennung eines Kontos an, das sich anmelden darf.',
  NOT_YOUR_DELEGATION: 'Wer den Sitz {seat} vertritt, benennt, wer ihn hat oder wer auf Sitze beruft. Fragen Sie dort.',
  OWN_DELEGATE: 'Niemand vertritt sich selbst. Nennen Sie jemand anderen.',
  DELEGATE_DAYS:
    'Vertretung und Tage gehören zusammen. Nennen Sie die Vertretung, den ersten und den letzten Tag, oder lassen Sie alle drei weg.',
  OWN_CHANGE: 'Sie haben Änderung {number} beantragt, deshalb genehmigt sie jemand anders.',
  CHANGE_CLASS_UNKNOWN: 'Es gibt keine Änderungsklasse {class}. Nennen Sie eine davon: {known}.',
  CHANGE_LACKS:
    'Zu Änderung {number} ist nicht festgehalten, was ihre Klasse verlangt: {lacking}. Ergänzen Sie es zuerst im Plan.',
  CHANGE_OUTSIDE_WINDOW:
    'Änderung {number} darf nur von {from} bis {until} freigegeben werden. Warten Sie auf das Zeitfenster, oder planen Sie ein anderes.',
  CHANGE_WINDOW: 'Ein Zeitfenster braucht einen Anfang und ein späteres Ende. Geben Sie beides an.',
  CHANGE_PLAN_UNKNOWN:
    'Hier gibt es keinen Plan {plan}, der auf seine Anwendung wartet. Nennen Sie einen, der gemacht und noch nicht angewandt ist.',
  CHANGE_PLAN_ELSEWHERE:
    'Plan {plan} gehört zu einem anderen Standort. Lassen Sie den Standort weg, oder nennen Sie einen Plan von ihm.',
  CHANGE_MATTER:
    'Plan {plan} ändert davon nichts: {matter}. Er handelt von: {matters}. Beantragen Sie die Änderung dafür.',
  CHANGE_NEEDED:
    'Standort {site} ist in Betrieb ({stage}), und Plan {plan} ändert dort: {matters}. Lassen Sie für jedes einen Änderungsantrag genehmigen, der den Plan nennt, oder einen Notfall freigeben.',
  CHANGE_NOT_APPROVED: 'Änderungsantrag {number} ist nicht genehmigt. Lassen Sie ihn zuerst genehmigen.',
  CHANGE_NOT_HERE: 'In dieser Firma gibt es keinen Änderungsantrag {number}. Prüfen Sie die Nummer.',
  REVIEW_UNKNOWN: 'Es gibt keine Prüfung {review}. Nennen Sie eine davon: {known}.',
  REVIEW_NOT_IN_STAGE:
    'Standort {site} ist im Stand {stage}, in dem keine Prüfung {review} ansteht. Nennen Sie eine, die dazu gehört.',
  REVIEW_PREPARED:
    'Prüfung {number} ({review}) ist vorbereitet und wartet auf ihr Protokoll. Halten Sie es fest, bevor Sie die nächste vorbereiten.',
  OUTCOME_MEASURE:
    'Es gibt kein Maß {measure}. Nennen Sie eine veröffentlichte Kennzahl als kpi:NAME, oder eines davon: {known}.',
  OUTCOME_BASELINE: 'Von {measure} ist jetzt nichts bekannt, also gibt es keinen Ausgangswert. Geben Sie ihn an.',
  OUTCOME_TARGET: 'Das Ziel {target} ist der Ausgangswert; erreicht würde nichts. Geben Sie ein anderes an.',
  OUTCOME_DUE: 'Der Tag {due} liegt nicht nach heute. Geben Sie einen späteren an.',
  RISKS_SEEDED: 'Die üblichen Risiken stehen schon im Verzeichnis. Bewerten Sie sie, oder nennen Sie ein eigenes.',
  RISK_METRIC_UNKNOWN:
    'Es gibt keine Messgröße {metric}. Nennen Sie eine davon, oder melden Sie das Risiko ohne Auslöser: {known}.',
  RISK_TRIGGER: 'Messgröße und Auslöser gehören zusammen. Geben Sie beides an, oder lassen Sie beides weg.',
  CHECKLIST_INVALID:
    'Die Checkliste der Vorlage passt nicht: {problem}. Berichtigen Sie sie, und veröffentlichen Sie die Vorlage neu.',
  GO_LIVE_NEEDED: 'Standort {site} hat keinen Tag des Starts, von dem an gezählt würde. Geben Sie einen an.',
  CALENDAR_UNKNOWN: 'Hier gibt es keinen Arbeitskalender {calendar}. Nennen Sie einen davon: {known}.',
  ITEM_CHECKED:
    '{item} ist erledigt, wenn {criterion} es sagt; von Hand unterschreibt das niemand. Bringen Sie den Wert zustande.',
  EVIDENCE_KIND: 'Es gibt keinen Nachweis der Art {kind}. Nennen Sie eine davon: {known}.',
  EVIDENCE_LATER: 'Ein Nachweis vom {day} liegt in der Zukunft. Halten Sie ihn fest, sobald gemessen ist.',
  EVIDENCE_FILE: 'Zu einer Datei gehören ihr Name und ihr SHA-256-Hash. Geben Sie beides an, oder keines.',
  OWN_EVIDENCE:
    'Sie haben Nachweis {number} festgehalten, deshalb unterschreibt ihn jemand anders: wer auf dem Sitz {name} sitzt.',
  GATE_UNKNOWN: 'Es gibt kein Tor {gate}. Nennen Sie eines davon: {known}.',
  GATE_DAY:
    '{on} ist kein Tag, auf den man vorausschauen kann. Nennen Sie einen ab {today}, als JJJJ-MM-TT; wie ein Tor früher stand, steht in seinen Läufen.',
  CRITERION_UNKNOWN:
    'Tor {gate} verlangt {criterion}, was das Produkt nicht prüfen kann. Berichtigen Sie die Datei der Governance.',
  GATE_NOT_NEXT:
    'Standort {site} ist im Stand „{state}“, und {gate} führt von {from} weiter. Öffnen Sie das Tor, das von dort weiterführt.',
  GATE_RUN_STALE:
    'Lauf {number} ist vom {day}, und {gate} öffnet nur binnen {days} Tagen nach seinem Lauf. Lassen Sie das Tor neu prüfen.',
  GATE_RUN_OLD:
    'Lauf {number} ist nicht der neueste von {gate} an diesem Standort; das ist {newest}. Entscheiden Sie nach diesem, oder prüfen Sie neu.',
  GATE_RUN_BROKEN:
    'Lauf {number} kommt mit dem, was er festhält, nicht zu seinem Urteil ({problem}). Lassen Sie die interne Kontrolle nachsehen, und prüfen Sie das Tor neu.',
  PAPER_KIND: 'Es gibt kein Schriftstück der Art {kind}. Nennen Sie eine davon: {known}.',
  PAPER_CHANGED:
    'Was {paper} sagt, gilt so nicht mehr: Seit dem Entwurf änderte sich {chapters}. Entwerfen Sie es neu, und unterschreiben Sie das.',
  QUESTION_UNKNOWN: 'Es gibt keine Frage {question}. Nennen Sie eine davon: {known}.',
  FUNCTION_UNKNOWN: 'Es gibt keine Funktion {function}. Nennen Sie eine davon: {known}.',
  OBJECT_UNKNOWN: 'Bei den Quelldaten gibt es kein Objekt {object}. Nennen Sie eines davon: {known}.',
  PROFILE_EMPTY:
    'Die Datei hat keine lesbare Zeile zu {object}; es gibt nichts zu untersuchen. Prüfen Sie Trennzeichen und erste Zeile.',
  PROFILE_COUNTS: 'Die Zahlen zu {object} passen nicht zusammen: {problem}. Nehmen Sie das Profil neu aus der Datei.',
  LISTED_ALREADY:
    '{what} steht an diesem Standort schon auf der Liste. Ändern Sie diesen Eintrag, oder nehmen Sie ihn zuerst heraus.',
  REGISTER_LOCKED:
    'Das Fit-Gap-Verzeichnis von Standort {site} ist unterschrieben und gesperrt. Nennen Sie dafür einen genehmigten Änderungsantrag, oder lassen Sie es durch einen wieder öffnen.',
  REGISTER_SIGNED:
    'Das Verzeichnis von Standort {site} ist schon unterschrieben. Lassen Sie es zuerst durch einen genehmigten Änderungsantrag wieder öffnen.',
  REGISTER_OPEN:
    '{open} von {all} Anforderungen des Standorts {site} sind nicht mit Nachweis eingeordnet. Geben Sie jeder zuerst Antwort und Nachweis.',
  CUSTOMISE_UNPROVEN:
    '{number} soll programmiert werden, ohne Beleg, dass dies versucht wurde: {lacking}. Sagen Sie zu jedem der drei Wege, was versucht wurde und warum es nicht reicht.',
  CUSTOMISE_UNDECIDED:
    '{number} soll programmiert werden; das entscheidet die Architekturleitung. Schlagen Sie eine Entscheidung der Art customisation vor, und nennen Sie sie hier, wenn sie gefallen ist.',
  CAPABILITY_UNKNOWN:
    'Es gibt keine Fähigkeit {capability}. Nennen Sie einen Beleg, etwa {example}, oder einen Schritt davon.',
  CAPABILITY_NEEDED: '{number} erfüllt das Produkt; sagen Sie also, womit. Nennen Sie die Fähigkeit.',
  TOPIC_THERE:
    '{topic} steht an diesem Standort schon im Verzeichnis. Ordnen Sie diesen Eintrag ein, oder nennen Sie ein anderes Thema.',
  NOTHING_NEW:
    'Alle Fähigkeiten stehen schon im Verzeichnis von Standort {site}. Geben Sie den offenen ihre Antworten.',
  NO_PRECEDENT: 'Noch hat kein anderer Standort {topic} beantwortet. Geben Sie hier eine Antwort.',
  CODE_KIND_UNKNOWN: 'Es gibt keine Codes der Art {kind} zuzuordnen. Nennen Sie eine davon: {known}.',
  CODE_LISTED: '{code} ({kind}) steht an diesem Standort schon auf der Liste. Ändern Sie stattdessen diese Zeile.',
  CODE_TARGET_NEEDED:
    'Niemand hat gesagt, was aus {code} ({kind}) wird. Nennen Sie zuerst das Ziel, dann lassen Sie es genehmigen.',
  CODE_TARGET_GONE:
    'Aus {code} ({kind}) soll {target} werden; das ist zurückgezogen oder nicht da. Wählen Sie eines, das gebraucht wird.',
  OWN_MAPPING:
    'Sie haben vorgeschlagen, was aus {code} ({kind}) wird; deshalb genehmigt es jemand anders: wer auf dem Sitz {name} sitzt.',
  CODE_UNMAPPED:
    '{code} ({kind}) ist am Standort {site} nicht genehmigt zugeordnet. Ordnen Sie zu, lassen Sie es genehmigen, und versuchen Sie es noch einmal.',
  PILOT_RUNS: 'Am Standort {site} läuft schon ein Pilot. Beenden Sie zuerst diesen, oder nehmen Sie seine Zahlen neu.',
  PILOT_WITHOUT_FIGURES:
    'Von Standort {site} ist von {from} bis {until} keine Kennzahl bekannt; zu vergleichen ist nichts. Wählen Sie Tage, an denen er gearbeitet hat.',
  PILOT_UNOBSERVED: 'Während Pilot {number} lief, wurden keine Zahlen genommen. Nehmen Sie sie einmal, bevor er endet.',
  OWN_ACCESS:
    'Es geht um Ihren eigenen Zugriff, oder Sie haben darum gebeten; deshalb entscheidet jemand anders. Fragen Sie jemanden mit der Rolle {role}.',
  NOT_THE_OWNER:
    'Darüber entscheidet die Rolle {role}, überall, wo es gelten soll. Sie haben sie nicht und vertreten auch niemanden, der sie hat. Überlassen Sie es einem davon.',
  NOT_YOUR_REQUEST:
    'Antrag {number} ist nicht Ihrer und handelt nicht von Ihnen. Überlassen Sie ihn dem, der ihn stellte, oder lehnen Sie ihn ab, wenn Sie über die Rolle entscheiden.',
  ACCESS_HELD:
    '{name} hat die Rolle {role} dort schon, bis {until}. Beantragen Sie ein späteres Ende oder einen anderen Betrag, wenn das fehlt.',
  ACCESS_ASKED:
    'Die Rolle {role} ist mit Antrag {number} schon beantragt. Warten Sie die Entscheidung ab, oder ziehen Sie ihn zuerst zurück.',
  ACCESS_DAYS:
    'Zugriff von {from} bis {until} lässt sich nicht geben. Nennen Sie einen letzten Tag, der nicht vergangen ist, nicht vor dem ersten liegt und höchstens {most} Tage entfernt ist.',
  ACCESS_TOO_WIDE:
    'Sie beantragen Zugriff nur in einigen Firmen, und dies reichte in alle. Beantragen Sie ihn für eine Firma, oder lassen Sie jemanden fragen, der es für alle darf.',
  SEPARATION_UNKNOWN:
    'Es gibt keine Regel {separation}, die Rollen trennt. Wählen Sie eine davon, die die Probe zeigt.',
  WAIVER_NOBODY:
    'Von {separation} darf niemand ausnehmen: Die Regel gehört der Rolle {owner}, und die ändert nichts. Geben Sie die Rolle stattdessen jemand anderem.',
  WAIVER_CONTROL: 'Eine Ausnahme braucht eine Kontrolle an ihrer Stelle: Sagen Sie kurz, wer worauf sieht und wie oft.',
  WAIVER_ASKED:
    'Eine Ausnahme von {separation} für {name} ist schon „{state}“: {number}. Warten Sie sie ab, oder beenden Sie sie zuerst.',
  REVIEW_EMPTY:
    'Keine Berechtigung dieser Firma passt; durchzusehen ist nichts. Wählen Sie eine andere Rolle oder ein anderes Lager, oder lassen Sie sie weg.',
  REVIEW_UNDECIDED:
    'Durchsicht {number} läuft bis {until}, und {count} ihrer Berechtigungen sind offen. Bestätigen oder entziehen Sie sie, oder warten Sie ihr Ende ab.',
  REVIEW_GRANT:
    'Durchsicht {number} hat keine offene Berechtigung {grant}. Laden Sie sie neu, und wählen Sie eine, die noch offen ist.',
} as const
