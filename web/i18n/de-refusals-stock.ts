// Ablehnungen in Lager und Bestand: Mengen, Lose, Plätze, Kommissionierung, Wareneingang, Zählung und Umlagerung.

/** Nach Kennung; in geschweiften Klammern nur, was auch im englischen Satz steht. */
export const deRefusalsStock = {
  STOCK_SHORT:
    'An {location} sind nur {possible} {item}; {wanted} wurden verlangt. Nehmen Sie, was da ist, oder buchen Sie zuerst Wareneingang.',
  STOCK_RESERVED:
    '{item} an {location} ist zugesagt: {possible} sind frei, {wanted} wurden verlangt. Bitten Sie jemanden, der zugesagten Bestand nehmen darf.',
  PROMISE_CHANGED:
    'Nur {possible} {item} an {location} sind dieser Position noch zugesagt; {wanted} sollten hinaus. Der Auftrag wurde geändert: Lassen Sie die Pickliste anpassen.',
  SERIAL_ELSEWHERE:
    'Seriennummer {lot} von {item} ist schon im Bestand, an {location}. Prüfen Sie die Nummer am Stück.',
  LOT_NOT_GOOD: 'Los {lot} von {item} ist abgelaufen oder gesperrt und darf zu keinem Kunden. Nehmen Sie ein anderes.',
  LOT_NEEDED: 'Artikel {item} wird mit Nummern geführt ({tracking}); geben Sie sie in jeder Position an.',
  LOT_UNKNOWN: '{item} hat kein Los {lot}. Prüfen Sie die Nummer, oder legen Sie das Los zuerst an.',
  LOT_EXISTS: '{item} hat schon ein Los {lot}. Nehmen Sie dieses, oder vergeben Sie eine andere Nummer.',
  LOT_NOT_FREE:
    'Vom Los {lot} von {item} sind hier nur {free} frei; {wanted} wurden genommen. Nehmen Sie das Los der Liste, oder ein anderes.',
  NOT_STOCKED: '{item} ist eine Leistung oder ein Satz und nie im Bestand. Lassen Sie die Position weg.',
  NOT_TRACKED: '{item} wird ohne Los- oder Seriennummer geführt. Lassen Sie die Nummer weg.',
  SERIAL_IS_ONE: 'Eine Seriennummer steht für genau ein Stück {item}; schicken Sie für jedes eine Position.',
  LOCATION_EXISTS: 'Das Lager hat schon einen Platz {code}. Wählen Sie einen anderen Namen.',
  LOCATION_UNKNOWN: '{warehouse} hat keinen aktiven Platz {location}. Prüfen Sie den Namen.',
  LOCATION_NOT_EMPTY:
    'Am Platz {code} liegen noch {quantity} {item}. Lagern Sie zuerst um, schließen Sie dann den Platz.',
  SAME_PLACE:
    'Position {line} legt {item} dorthin, wo es schon ist. Nennen Sie einen anderen Platz, oder lassen Sie die Position weg.',
  NOT_POSITIVE:
    'Position {line}: Die Menge muss größer als null sein. Berichtigen Sie sie, oder lassen Sie die Position weg.',
  ADJUSTMENT_EMPTY: 'Korrektur {number} ändert nichts: Gezählt wurde, was in den Büchern steht. Stornieren Sie sie.',
  ADJUSTMENT_LINE: 'Position {line}: Geben Sie entweder den Unterschied an oder das Gezählte.',
  COUNTED_LATER: 'Position {line} wurde in der Zukunft gezählt. Prüfen Sie die Zeit.',
  COUNTER_APPROVES: 'Sie haben {number} selbst gezählt oder eingereicht; entscheiden muss jemand anderes.',
  TRANSFER_LINE:
    'Umlagerung {number} hat keine Position {line}, oder es käme mehr an ({received}), als abging ({sent}). Prüfen Sie Position und Menge.',
  SAME_WAREHOUSE: '{number} geht von einem Lager in dasselbe. Buchen Sie stattdessen eine Bewegung im Lager.',
  MOVER_WRITES_OFF: 'Sie haben {number} geplant, versandt oder angenommen; das Fehlende ausbuchen muss jemand anderes.',
  DATE_AHEAD: '{date} liegt in der Zukunft. Nehmen Sie heute oder einen früheren Tag.',
  ORDER_NOT_RELEASED: 'Auftrag {number} ist „{state}“; nur bestätigte Aufträge gehen ins Lager. {advice}',
  NOTHING_TO_SHIP: 'Von Auftrag {number} ist nichts reserviert und wartet. {advice}',
  HELD_BY_RULE:
    'Auftrag {number} wartet: {rule}. Buchen Sie den Rest im Wareneingang, oder ändern Sie die Rückstandsregel des Auftrags.',
  CREDIT_STOPS:
    'Kunde {customer} ist über seinem Kredit ({reason}). Bitten Sie die Kreditabteilung, zuerst Auftrag {number} freizugeben.',
  PICK_TOO_MUCH:
    'Position {line} von {number}: Höchstens {open} können entnommen werden, gemeldet wurden {picked}. Melden Sie, was die Liste verlangt, und legen Sie den Rest zurück.',
  LINE_NOT_HERE: '{number} hat keine Position {line}. Prüfen Sie die Nummer auf der Liste.',
  LINE_TWICE: 'Position {line} von {number} ist zweimal gemeldet. Melden Sie sie einmal, mit der Summe.',
  WRONG_STEP:
    '{number} ist „{state}“, und sein Lager arbeitet in {steps} Schritt(en): „{verb}“ ist nicht der nächste. Tun Sie den Schritt, den die Liste zeigt.',
  SHORT_REASON_NEEDED: 'Von Position {line} von {number} wurde zu wenig entnommen; sagen Sie, warum.',
  NOTHING_PICKED: 'Von {number} wurde nichts entnommen, es gibt nichts zu versenden. Stornieren Sie stattdessen.',
  NOTHING_TO_PUT_BACK: 'Von {number} muss nichts zurück. Laden Sie die Liste neu.',
  WEIGHT_DIFFERS:
    '{number} wiegt {weight} g; die Ware sollte {expected} g wiegen. Prüfen Sie, was in den Paketen ist, oder geben Sie einen Grund an.',
  RECEIPT_NOTHING: 'Position {line}: Es kam nichts an. Lassen Sie die Position weg.',
  NO_PLACE:
    'Das Lager hat keinen solchen aktiven Platz für die Ware. Prüfen Sie den Platz, oder richten Sie das Lager zuerst ein.',
} as const
