// Ablehnungen in Kredit und Finanzen: Kreditkonten, Rechnungen, Zahlungen, Gutschriften, Buchungen, Perioden und Steuern.

/** Nach Kennung; in geschweiften Klammern nur, was auch im englischen Satz steht. */
export const deRefusalsFinance = {
  CREDIT_ACCOUNT_MISSING:
    'Kunde {customer} hat kein Kreditkonto. Lassen Sie die Kreditabteilung eines eröffnen; bei Vorkasse genügt ein Limit von 0.',
  CREDIT_ACCOUNT_EXISTS: 'Kunde {customer} hat schon ein Kreditkonto. Ändern Sie dessen Limit oder Klasse.',
  CREDIT_LIMIT_DATES:
    'Ein Limit vom {from} bis {until} beginnt in der Vergangenheit oder endet vor seinem Beginn. Geben Sie einen Beginn ab heute und ein späteres Ende an.',
  CREDIT_LIMIT_CLASS:
    'Klasse {class} des Kontos {account} darf höchstens {most} haben; {limit} ist mehr. Ändern Sie zuerst die Klasse, oder geben Sie ein kleineres Limit.',
  CREDIT_LIMIT_FREE: 'Ein Limit von {limit} für {account} braucht keine Freigabe. Ändern Sie es direkt.',
  CREDIT_CLASS_UNKNOWN: 'Es gibt keine Risikoklasse {class}; es gibt {classes}. Wählen Sie eine davon.',
  CREDIT_COVER_MISSING:
    'Ein Konto, das nur versicherten Kredit nutzen darf, braucht den versicherten Betrag. Geben Sie ihn an.',
  CREDIT_GROUP_CURRENCY:
    'Gruppe {group} führt ihr Limit in {expected}, Konto {account} in {given}. Ein gemeinsames Limit braucht eine Währung: Wählen Sie eine andere Gruppe.',
  CREDIT_HOLD_ABSENT:
    'Konto {account} hat keine Sperre dieser Art ({cause}); es hat: {holds}. Nichts wurde aufgehoben: Wählen Sie eine davon.',
  CREDIT_RELEASE_AMOUNT:
    'Geben Sie einen Betrag über 0 frei; {up_to} lässt nichts durch. Um abzulehnen, lassen Sie den Auftrag gesperrt oder stornieren ihn.',
  CREDIT_RELEASE_EXPIRY:
    'Eine Freigabe muss nach jetzt und innerhalb von {days} Tagen enden; {expires_at} tut das nicht. Wählen Sie ein anderes Ende.',
  RATE_MISSING:
    'Es gibt keinen Wechselkurs von {currency} nach {home} für {day} oder die {days} Tage davor. Erfassen Sie zuerst einen.',
  RATE_UNKNOWN:
    'Für die Währung dieses Belegs gibt es am {day} keinen Wechselkurs. Lassen Sie die Finanzabteilung zuerst einen erfassen.',
  NOTHING_TO_INVOICE: 'Auftrag {number} hat nichts zu berechnen: Liefern Sie zuerst, oder er ist schon berechnet.',
  NOTHING_TO_INVOICE_CUSTOMER:
    'Kunde {customer} hat in {currency} nichts zu berechnen: Liefern Sie zuerst, oder es ist schon berechnet.',
  INVOICE_UNKNOWN: 'Dieser Kunde hat keine offene Rechnung {id}. Suchen Sie unter seinen offenen Posten.',
  PAYS_TOO_MUCH:
    'Bei Rechnung {number} sind {open} offen; {amount} sollten zugeordnet werden. Ordnen Sie weniger zu, und lassen Sie den Rest auf dem Konto.',
  MORE_THAN_RECEIVED: 'Es sind noch {free} zuzuordnen; {amount} sollten auf Rechnung {number}. Ordnen Sie weniger zu.',
  PAYMENT_TWICE:
    'Eine Zahlung mit der Referenz {reference} wurde schon erfasst ({method}). Sehen Sie sich diese an; ist es eine andere, geben Sie ihr eine eigene Referenz.',
  OTHER_CURRENCY:
    'Das Geld ist in {payment}, Rechnung {number} in {invoice}. Erfassen Sie es in der Währung der Rechnung.',
  AMOUNT_NOT_POSITIVE: 'Der Betrag muss größer als null sein. Geben Sie ein, was einging.',
  AMOUNT_TOO_FINE: '{amount} hat mehr Nachkommastellen, als {currency} hat. Runden Sie.',
  NOT_APPLIED:
    'Es gibt keine Zuordnung {id} dieser Zahlung oder Gutschrift, die man aufheben könnte. Laden Sie neu: Vielleicht hat es schon jemand getan.',
  WRITE_OFF_TOO_LARGE:
    'Eine Ausbuchung von {write_off} liegt über der Toleranz von {limit}. Lassen Sie sie freigeben, oder lassen Sie den Rest offen.',
  DISCOUNT_TOO_LARGE:
    'Ein Skonto von {discount} ist mehr, als die Bedingung an diesem Tag gibt ({limit}). Nehmen Sie so viel, und lassen Sie den Rest offen oder gutschreiben.',
  CREDIT_LINE_UNKNOWN:
    'Rechnung {number} hat keine Position {id}. Laden Sie sie neu und wählen Sie eine ihrer Positionen.',
  CREDIT_TOO_LARGE:
    'Position {line} von {number}: {possible} können noch gutgeschrieben werden; {wanted} wurden verlangt. Schreiben Sie höchstens den Rest gut.',
  CREDIT_WITHOUT_QUANTITY:
    'Position {line} von {number}: Ein Preisnachlass lässt die Menge, wie sie ist; sie kann nicht neu berechnet werden. Lassen Sie den Preis weg, oder verlangen Sie keine Neuberechnung.',
  GRANT_OF_GOODS:
    'Position {line}: {item} ist Ware. Nehmen Sie sie mit einer Retoure zurück; diese wird dann gutgeschrieben.',
  GRANT_NOTHING:
    'Position {line}: Die Menge von {item} muss größer als null sein. Berichtigen Sie sie, oder lassen Sie die Position weg.',
  GRANT_UNTAXED:
    'Position {line}: Keine Steuerregel gilt heute für {item} bei diesem Kunden. Lassen Sie die Finanzabteilung die Regeln ergänzen.',
  CREDIT_OF_RETURN:
    'Die Gutschrift für „{reason}“ gehört zu einer Retoure. Ist sie genehmigt, schreiben Sie die Retoure noch einmal gut: Das stellt sie aus.',
  CREDIT_OF_CREDIT: '{number} ist eine Gutschrift. Schreiben Sie stattdessen ihre Rechnung gut.',
  PERIOD_LOCKED:
    'Die Periode des {date} ist gesperrt. Nehmen Sie einen Tag in einer offenen Periode; der erste offene Tag ist {alternative}.',
  PERIOD_MISSING: 'Keine Buchungsperiode umfasst den {date}. Lassen Sie die Finanzabteilung zuerst das Jahr eröffnen.',
  PERIOD_EXISTS:
    'Eine Periode des Jahres ab {starts} gibt es schon. Eröffnen Sie ein Jahr, das nach der letzten Periode beginnt.',
  ENTRY_UNBALANCED:
    'Die Buchung geht nicht auf: Soll {debit}, Haben {credit}. Berichtigen Sie die Beträge, bis beide gleich sind.',
  ENTRY_ONE_SIDE:
    'Zeile {line}: Geben Sie einen Betrag über null mit höchstens {digits} Nachkommastellen an, entweder im Soll oder im Haben.',
  ENTRY_POSTED: 'Buchung {id} ist schon gebucht. Lassen Sie ihre Kennung weg, um eine weitere zu buchen.',
  ENTRY_OF_DOCUMENT: 'Buchung {number} kommt aus {source}. Berichtigen Sie sie über diesen Beleg, nicht von Hand.',
  ENTRY_REVERSED: 'Buchung {number} ist schon storniert, durch {by}. Buchen Sie neu, wenn mehr zu ändern ist.',
  ENTRY_UNKNOWN: 'In dieser Firma gibt es keine Buchung {id}. Suchen Sie sie in der Liste der Buchungen.',
  NO_APPROVAL_ASKED: 'Für eine Buchung über {amount} braucht es keine Freigabe. Buchen Sie.',
  ACCOUNT_UNSEEN:
    'In dieser Firma gibt es kein Konto {account}. Prüfen Sie die Nummer, oder suchen Sie es in der Liste der Sachkonten.',
  ACCOUNT_UNKNOWN:
    'Es gibt kein offenes Konto {account}. Prüfen Sie die Nummer, oder lassen Sie die Finanzabteilung das Konto eröffnen.',
  ACCOUNT_HAS_BALANCE:
    'Konto {account} hat einen Saldo von {balance}. Bringen Sie ihn auf null, bevor Sie es schließen.',
  ACCOUNT_IN_USE:
    'Konto {account} wird von {user} benutzt. Weisen Sie dort ein anderes Konto zu, bevor Sie es schließen.',
  CONTROL_ACCOUNT: 'Konto {account} wird vom Nebenbuch geführt; buchen Sie über die Belege, nicht von Hand.',
  SUSPENSE_MISSING:
    'Eine Buchung hat kein Konto, und kein Zwischenkonto fängt sie auf. Lassen Sie die Finanzabteilung eines zuordnen.',
  TAX_RATE_OVERLAPS:
    '{code} hat schon einen Satz, der am {from} beginnt. Ziehen Sie jenen zurück, oder lassen Sie den neuen später beginnen.',
  TAX_RANGE_EMPTY: '{what} würde am {until} enden, bevor es am {from} beginnt. Berichtigen Sie die Tage.',
  TAX_CODE_WITHDRAWN: 'Das Steuerkennzeichen {code} ist zurückgezogen. Nehmen Sie eines, das gilt.',
  TAX_CODE_IN_USE: 'Das Steuerkennzeichen {code} wird noch genannt von: {what}. Ziehen Sie das zuerst zurück.',
  EXEMPTION_OVERLAPS:
    'Kunde {customer} hat für einige dieser Tage schon die Bescheinigung {certificate}. Ziehen Sie sie zurück, oder berichtigen Sie die Tage.',
  TAX_RATE_TOO_HIGH:
    'Ein Satz von {percent} Prozent für {code} kann nicht stimmen: höchstens 100. Geben Sie 19 für 19 Prozent.',
} as const
