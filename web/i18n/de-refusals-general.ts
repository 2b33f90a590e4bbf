// Ablehnungen, die jeder treffen kann: Anmeldung, Rechte, Zustände, Eingaben, Dateien und die Verbindung.

/** Nach Kennung; in geschweiften Klammern nur, was auch im englischen Satz steht. */
export const deRefusalsGeneral = {
  OWN_REQUEST:
    'Sie haben diese Freigabe selbst beantragt; entscheiden muss sie jemand anderes. Bitten Sie einen Kollegen mit dieser Rolle.',
  NOT_YOUR_DECISION:
    'Diese Freigabe gehört zur Rolle {role}. Sie haben sie nicht und vertreten auch niemanden, der sie hat. Überlassen Sie die Entscheidung dieser Rolle, oder lassen Sie sich als Vertretung benennen.',
  APPROVAL_DECIDED: 'Über diese Freigabe ist schon entschieden ({state}). Laden Sie die Liste neu.',
  NO_APPROVER: 'Keine Regel sagt, wer {kind} über {amount} freigibt. Lassen Sie die Freigabematrix ergänzen.',
  DECIMAL_INVALID: '„{text}“ ist keine Dezimalzahl. Schreiben Sie Ziffern mit höchstens einem Komma, etwa 1250,75.',
  DECIMAL_TOO_LONG: 'Eine Zahl darf höchstens {most} Ziffern haben. Kürzen oder runden Sie sie.',
  MONEY_CURRENCY_INVALID:
    '„{currency}“ ist kein Währungskürzel. Verwenden Sie die drei Großbuchstaben nach ISO 4217, etwa EUR.',
  MONEY_TOO_FINE:
    '{text} hat mehr Nachkommastellen, als {currency} hat ({digits}). Geben Sie einen zahlbaren Betrag ein.',
  QUANTITY_TOO_FINE:
    '{quantity} hat mehr als {places} Nachkommastellen. Geben Sie eine Menge mit höchstens {places} ein.',
  QUANTITY_INEXACT:
    '{quantity} mal {factor} lässt sich mit {places} Nachkommastellen nicht genau schreiben. Geben Sie die Menge in der kleineren Einheit ein.',
  QUANTITY_HAS_FRACTION:
    '{unit} gibt es nur ganz, und {quantity} ist keine ganze Zahl. Geben Sie eine ganze Zahl oder eine andere Einheit ein.',
  NOT_SIGNED_IN: 'Melden Sie sich zuerst an.',
  NOT_ALLOWED:
    'Das dürfen Sie nicht: Es braucht das Recht {permission}. Bitten Sie einen Administrator um eine Rolle, die es hat.',
  ABOVE_YOUR_LIMIT:
    '{document} {number} beträgt {amount}; Ihre Rolle reicht dafür nur bis {limit} ({verb}). Bitten Sie jemanden mit höherer Grenze.',
  COMPANY_NEEDED: 'Nennen Sie die Firma: Sie arbeiten für mehr als eine.',
  NOT_FOUND:
    'Unter {id} gibt es nichts (gesucht: {document}), was Sie sehen dürfen. Prüfen Sie die Angabe, oder fragen Sie jemanden, der es sehen darf.',
  WRONG_STATE:
    '{document} {number} ist im Zustand „{state}“; „{verb}“ geht nur aus: {from}. Laden Sie neu, vielleicht war jemand schneller.',
  CHANGED_MEANWHILE:
    '{document} {number} wurde inzwischen von jemand anderem geändert. Laden Sie neu und versuchen Sie es noch einmal.',
  REASON_NEEDED: 'Geben Sie einen Grund an: „{verb}“ bleibt in der Geschichte stehen ({document}).',
  NOTHING_GIVEN: 'Nennen Sie mindestens einen Beleg ({document}).',
  TOO_MANY: 'Höchstens {most} auf einmal; es waren {given}. Schicken Sie sie in Teilen.',
  GIVEN_TWICE: '{document} {id} ist mehrfach genannt. Nennen Sie das nur einmal.',
  KEY_REUSED:
    'Der Schlüssel {key} wurde schon mit anderem Inhalt verwendet. Nehmen Sie für eine neue Anfrage einen neuen.',
  APPROVAL_NEEDED:
    '{document} {number} braucht zuerst eine Freigabe ({kind}): Beantragen Sie sie, jemand anderes entscheidet.',
  INPUT_INVALID: 'Die Eingabe passt nicht: {problem}',
  UNKNOWN_CODE:
    'Unter {code} gibt es nichts ({entity}), was Sie verwenden dürfen. Prüfen Sie die Nummer, oder lassen Sie es anlegen.',
  DATABASE_BUSY:
    'Gerade arbeiten zu viele an denselben Zeilen. Versuchen Sie es gleich noch einmal; es geschieht nur einmal.',
  OUTCOME_UNKNOWN:
    'Die Verbindung riss beim Speichern ab. Versuchen Sie es noch einmal: Es geschieht einmal, nicht zweimal.',
  SAME_PERSON:
    'Sie haben an diesem Beleg schon „{earlier}“ getan; „{verb}“ muss jemand anderes tun ({risk}). Bitten Sie einen Kollegen, oder um eine Ausnahme von {separation}, die beides an einem Beleg erlaubt.',
  SAME_PERSON_BEHIND:
    'Sie haben an dem, worum es hier geht ({subject}), schon „{earlier}“ getan; „{verb}“ muss jemand anderes tun ({risk}). Bitten Sie einen Kollegen, oder um eine Ausnahme von {separation}.',
  SIGN_IN_FAILED:
    'E-Mail und Passwort passen nicht, oder das Konto ist geschlossen oder nach Fehlversuchen eine Weile gesperrt. Versuchen Sie es später, oder bitten Sie einen Administrator um einen neuen Passwort-Link.',
  TOO_MANY_ATTEMPTS:
    'Zu viele Versuche in kurzer Zeit. Warten Sie {seconds} Sekunden und versuchen Sie es dann noch einmal.',
  PASSWORD_TOO_SHORT:
    'Das Passwort braucht mindestens {least} Zeichen. Nehmen Sie ein paar Wörter hintereinander: Die merkt man sich am leichtesten.',
  PASSWORD_TOO_LONG: 'Das Passwort darf höchstens {most} Zeichen haben. Wählen Sie ein kürzeres.',
  PASSWORD_TOO_COMMON:
    'Dieses Passwort gehört zu den ersten, die ein Dieb ausprobiert. Wählen Sie Wörter, die nur Sie so zusammenstellen.',
  LINK_INVALID:
    'Dieser Link wurde schon benutzt, ist abgelaufen oder war nie gültig. Bitten Sie einen Administrator um einen neuen.',
  DATE_INVALID: '„{date}“ ist kein Tag des Kalenders. Schreiben Sie ihn als JJJJ-MM-TT.',
  TIME_INVALID: '„{time}“ ist keine Uhrzeit. Schreiben Sie sie als HH:MM, von 00:00 bis 23:59.',
  XLSX_INVALID:
    'Die Datei ist keine lesbare XLSX-Arbeitsmappe. Speichern Sie sie als „Excel-Arbeitsmappe (.xlsx)“ ohne Kennwort.',
  XLSX_TOO_LARGE:
    'Die Arbeitsmappe ist zu groß, um sicher gelesen zu werden. Speichern Sie das Blatt als CSV und laden Sie diese, oder teilen Sie sie.',
  XLSX_SHEET_UNKNOWN: 'Die Arbeitsmappe hat kein Blatt „{sheet}“. Nennen Sie eines ihrer Blätter.',
  BODY_TOO_LARGE: 'Das ist mehr, als auf einmal geht ({most} Bytes). Schicken Sie es in Teilen.',
  COMPANY_UNKNOWN: 'Es gibt keine Firma {company}, für die Sie arbeiten. Wählen Sie oben links eine der Ihren.',
  TOO_MANY_REQUESTS: 'Zu viele Anfragen in kurzer Zeit. Warten Sie {seconds} Sekunden und machen Sie langsamer weiter.',
  DATABASE_UNREACHABLE:
    'Die Datenbank ist gerade nicht erreichbar. Es wurde nichts geändert; versuchen Sie es gleich noch einmal.',
  ALREADY_EXISTS: 'Das gibt es schon ({constraint}). Suchen Sie es, oder wählen Sie eine andere Nummer.',
  TOOK_TOO_LONG: 'Die Frage dauerte zu lange und wurde abgebrochen. Grenzen Sie sie mit Tagen oder Filtern ein.',
  INTERNAL_ERROR: 'Bei uns ging etwas schief; es wurde nichts geändert. Nennen Sie dem Support den Vorfall {incident}.',
  FILTER_IMPOSSIBLE: 'Diese Liste lässt sich nicht nach {field} filtern. Möglich sind: {possible}.',
  SORT_IMPOSSIBLE: 'Diese Liste lässt sich nicht nach {field} sortieren. Möglich sind: {possible}.',
  SEARCH_IMPOSSIBLE: 'Diese Liste hat keine Spalte, in der Sie suchen dürfen. Nehmen Sie einen Filter.',
  EXPORT_TOO_LARGE: 'Mehr als {most} Zeilen sind zu viel für eine solche Datei. Grenzen Sie die Liste mit Filtern ein.',
  CODE_TAKEN:
    'Es gibt schon ein anderes ({entity}) mit {what}. Wählen Sie etwas anderes, oder ändern Sie das vorhandene.',
  ATTACHMENT_EMPTY: '{name} ist leer. Prüfen Sie die Datei und hängen Sie sie noch einmal an.',
  ATTACHMENT_TOO_LARGE:
    '{name} ist größer als die {megabytes} MB, die eine Datei haben darf. Verkleinern oder teilen Sie sie.',
  ATTACHMENT_KIND_REFUSED:
    '{name} ist von keiner Art, die angehängt werden kann. Möglich sind: {endings}. Speichern Sie sie so, oder legen Sie sie in ein ZIP.',
  ATTACHMENT_NOT_AS_NAMED:
    '{name} enthält nicht, was der Name sagt. Speichern Sie die Datei in ihrer eigenen Art neu, und hängen Sie diese an.',
} as const
