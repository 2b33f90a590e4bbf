// Ablehnungen an Auftragserfassung und Verkauf: Aufträge, Artikel, Preise, Kunden und Retouren.

/** Nach Kennung; in geschweiften Klammern nur, was auch im englischen Satz steht. */
export const deRefusalsDesk = {
  ITEM_UNKNOWN:
    '{line}: „{code}“ ist kein Artikel. Nehmen Sie unsere Artikelnummer, eine GTIN, die Nummer des Kunden oder Lieferanten oder eine alte Nummer.',
  ITEM_AMBIGUOUS: '{line}: „{code}“ kann {matches} sein. Nehmen Sie die Artikelnummer dessen, den Sie meinen.',
  ITEM_NOT_CODED: 'Artikel {code} kann nicht aktiv werden: {problems}. Berichtigen Sie ihn zuerst.',
  UNIT_NO_FACTOR:
    'Artikel {code} wird in {base} gezählt, und niemand sagt, wie viele {base} ein {unit} sind. Geben Sie den Faktor an, oder erfassen Sie eine Umrechnung.',
  GTIN_INVALID:
    '„{code}“ ist keine GTIN: Sie braucht 8, 12, 13 oder 14 Ziffern mit richtiger Prüfziffer. Scannen Sie noch einmal.',
  CROSS_REFERENCE_TAKEN:
    '„{code}“ bedeutet schon Artikel {item} ({scope}). Entfernen Sie zuerst diesen Verweis, oder berichtigen Sie die Nummer.',
  SUBSTITUTE_ITSELF: 'Artikel {code} kann sich nicht selbst ersetzen. Nennen Sie einen anderen.',
  SUBSTITUTE_TAKEN: '{substitute} ersetzt {item} schon. Ändern Sie diesen Eintrag.',
  ORDER_EMPTY: 'Auftrag {number} hat keine Positionen. Fügen Sie mindestens eine hinzu.',
  LINE_UNKNOWN:
    'Der Auftrag hat keine änderbare Position {id}. Laden Sie ihn neu und wählen Sie eine seiner Positionen.',
  CUSTOMER_NOT_ACTIVE:
    'Kunde {customer} ist „{state}“; für ihn kann nichts bestellt werden. Lassen Sie ihn von der Stammdatenpflege freigeben.',
  SHIP_TO_NOT_OURS: 'Die Lieferadresse {shipTo} gehört nicht zu Kunde {customer}. Wählen Sie eine der seinen.',
  ITEM_NOT_FOR_SALE: 'Artikel {item} ist „{state}“ und wird nicht verkauft. {successor}',
  UNIT_UNKNOWN: 'Artikel {item} wird nicht in {unit} verkauft. Nehmen Sie eine seiner Einheiten.',
  QUANTITY_NOT_WHOLE:
    '{quantity} {unit} von {item}: Diese Einheit gibt es nur ganz. Runden Sie, oder bestellen Sie in einer anderen Einheit.',
  QUANTITY_NOT_POSITIVE:
    'Position {line}: Die Menge muss größer als null sein. Berichtigen Sie sie, oder lassen Sie die Position weg.',
  QUANTITY_INEXACT_IN_BASE:
    '{quantity} {unit} von {item} sind keine genaue Zahl von Basiseinheiten. Bestellen Sie in einer anderen Einheit.',
  PRICE_MISSING:
    'Für {item} gibt es heute keinen Preis für diesen Kunden. Geben Sie einen mit Grund ein, oder lassen Sie ihn anlegen.',
  PRICE_REASON_NEEDED:
    'Position {line}: Ein von Hand gegebener Preis braucht einen Grund. Geben Sie ihn an, oder lassen Sie den Preis weg.',
  TAX_MISSING:
    'Keine Steuerregel gilt für {item} bei diesem Kunden. Lassen Sie die Finanzabteilung die Steuertabelle ergänzen.',
  QUOTE_EXPIRED:
    'Angebot {number} galt bis {validUntil}. Berechnen Sie die Preise neu, zeigen Sie sie dem Kunden, bestätigen Sie dann.',
  REFERENCE_NEEDED: 'Kunde {customer} bestellt nur mit eigener Bestellnummer. Tragen Sie sie bei {number} ein.',
  QUOTE_DATE_PAST:
    'Ein Angebot kann nicht bis {validUntil} gelten, das ist vorbei. Geben Sie heute oder einen späteren Tag an.',
  PRICE_CHANGED:
    'Seit der Preisfindung von Auftrag {number} ging {item} von {was} auf {now}. Berechnen Sie die Preise neu, bestätigen Sie dann.',
  RELEASE_NEEDS_HOLD:
    'Auftrag {number} hat keine offene Sperre dieser Art ({kind}). Laden Sie ihn neu: Vielleicht hat sie schon jemand gelöst.',
  REQUESTER_RELEASES:
    'Sie haben Auftrag {number} erfasst oder seine Ausnahme beantragt; lösen muss die Sperre jemand anderes.',
  ROLE_RELEASES: 'Die Sperre ({kind}) von Auftrag {number} löst die Rolle {role}. Bitten Sie jemanden, der sie hat.',
  ONE_ORDER: 'Positionen gehören zu einem Auftrag: Nennen Sie jeweils einen, wenn Sie Positionen angeben.',
  ONCE_CONFIRMED: 'Auftrag {number} war schon bestätigt; er wird geändert, nicht überarbeitet. Nehmen Sie „Ändern“.',
  BELOW_SHIPPED:
    'Position {line} von {number}: {shipped} sind schon geliefert oder berechnet, {ordered} ist also zu wenig. Nehmen Sie eine Retoure, oder schreiben Sie gut.',
  NOTHING_OPEN:
    'Position {line} von {number} hat nichts Offenes zu stornieren. Laden Sie den Auftrag neu, oder nehmen Sie Geliefertes als Retoure.',
  PRICE_AFTER_INVOICE:
    'Position {line} von {number} ist schon berechnet. Schreiben Sie sie mit Neuberechnung gut, ändern Sie dann den Preis.',
  ALREADY_SHIPPED:
    'Auftrag {number} ist ganz geliefert, es bleibt nichts zu stornieren. Schließen Sie ihn, oder nehmen Sie eine Retoure.',
  STILL_OPEN:
    'Bei Auftrag {number} sind noch {open} offen. Liefern Sie, oder schließen Sie mit Grund: Dann wird der Rest storniert.',
  NOTHING_TO_ALLOCATE:
    'Bei Auftrag {number} ist dort nichts zu reservieren oder zurückzunehmen. Sehen Sie seine Positionen noch einmal an.',
  SHIP_MORE_THAN_OPEN:
    'Position {line} von {number}: {open} sind offen, {wanted} wurden verlangt. Liefern Sie höchstens das Offene, oder ändern Sie zuerst den Auftrag.',
  INVOICE_MORE_THAN_SHIPPED:
    'Position {line} von {number}: {possible} können berechnet werden, {wanted} wurden verlangt. Liefern Sie zuerst, oder berechnen Sie weniger.',
  ORDER_STOPPED:
    'Auftrag {number} ist „{state}“ und wird nicht geliefert. Lassen Sie die Sperre lösen, oder legen Sie die Ware zurück.',
  RETURN_MORE_THAN_SHIPPED:
    'Position {line} von {number}: {possible} können zurückkommen, {wanted} wurden angegeben. Prüfen Sie Auftrag und Menge.',
  CREDIT_MORE_THAN_INVOICED:
    'Position {line} von {number}: {possible} können gutgeschrieben werden, {wanted} wurden angegeben. Prüfen Sie Rechnung und Menge.',
  NO_SUBSTITUTE:
    '{item} ersetzt {requested} nicht, oder der Kunde will keinen Ersatz. Wählen Sie einen angebotenen, oder fragen Sie den Kunden und vermerken es.',
  DUPLICATE_OPEN:
    '{code} ähnelt jemandem, den wir kennen, und die Stammdatenpflege hat noch nicht entschieden, ob es derselbe ist. Entscheiden Sie das zuerst in der Liste der Dubletten.',
  CREDIT_REVIEW_MISSING:
    'Kunde {code} würde auf Ziel kaufen ({term}), und niemand hat den Kredit geprüft. Lassen Sie ihn prüfen, oder schlagen Sie Vorkasse vor.',
  TERM_CLOSED: '{code}: Die Zahlungsbedingung {term} ist geschlossen. Wählen Sie eine, die gilt.',
  EMAIL_INVALID: '{code}: „{email}“ ist keine E-Mail-Adresse. Berichtigen Sie sie, oder lassen Sie sie weg.',
  CONDITION_OVERLAP:
    'Kondition {at} beantwortet dieselbe Frage wie {other}, gültig {valid}: {question}. Beenden Sie zuerst die andere, oder wählen Sie Tage, Stufe oder Menge, die sich nicht treffen.',
  CONDITION_DATES: 'Kondition {at} würde am {until} enden, bevor sie am {from} beginnt. Tauschen Sie die Tage.',
  CONDITION_UNIT:
    'Kondition {at}: {item} wird nicht in {unit} geführt. Geben Sie dem Artikel die Einheit, oder nennen Sie den Preis für eine andere.',
  CONDITION_ENDED:
    'Kondition {number} gilt {valid}; sie kann nicht am {day} enden. Wählen Sie einen Tag ihrer Gültigkeit, heute oder später.',
  PRICE_LIST_CODE_TAKEN: 'Es gibt schon eine Preisliste {code}. Wählen Sie einen anderen Namen.',
  PRICE_LIST_IN_USE:
    'Kunden der Gruppen {groups} kaufen noch nach Liste {list}. Ordnen Sie ihnen zuerst eine andere zu.',
  RETURN_REASON_UNKNOWN: 'Es gibt keinen offenen Retourengrund {reason}. Wählen Sie einen der Liste.',
  RETURN_LINE_UNKNOWN:
    'Position {id} gehört nicht zu Kunde {customer} oder nicht zu dieser Retoure. Wählen Sie eine, die er gekauft hat.',
  RETURN_NOT_GOODS: 'Position {line}: {item} ist eine Leistung. Schreiben Sie stattdessen die Rechnung gut.',
  RETURN_TOO_MUCH:
    'Position {line}: {possible} von {item} können noch zurückkommen; {quantity} wurden verlangt. Genehmigen Sie höchstens das.',
  RETURN_TOO_LATE:
    '{item} wurde am {shipped} geliefert; aus diesem Grund darf es innerhalb von {days} Tagen zurück. Beantragen Sie eine Ausnahme.',
  RETURN_MORE_THAN_AUTHORISED:
    'Position {line} von {number}: {possible} werden noch erwartet; {quantity} kamen. Genehmigen Sie zuerst den Rest.',
  RETURN_MORE_THAN_RECEIVED:
    'Position {line} von {number}: {possible} warten auf Prüfung; über {quantity} wurde entschieden. Entscheiden Sie höchstens über diese.',
  RETURN_NOT_INSPECTED: 'Position {line} von {number}: {possible} warten auf Prüfung. Entscheiden Sie zuerst darüber.',
  RETURN_NOTHING_ACCEPTED:
    'Von {number} wurde nichts angenommen, es gibt nichts gutzuschreiben. Sagen Sie dem Kunden, warum.',
  RECEIVER_CREDITS: 'Sie haben die Ware von {number} angenommen; gutschreiben muss sie jemand anderes.',
} as const
