// Halbsätze, die der Server in eine Ablehnung einsetzt, auf Deutsch: ein Grund, ein Rat, was einem Artikel fehlt.

/** Der Anfang des Satzes steht davor; Werte stehen wie sie sind. */
export const deRefusalParts: readonly (readonly [said: RegExp, german: string])[] = [
  // Was zu tun ist, ehe ein Auftrag ins Lager geht.
  [/^Have its hold released\.$/, 'Lassen Sie seine Sperre aufheben.'],
  [/^Confirm it first\.$/, 'Bestätigen Sie ihn zuerst.'],
  [/^Reserve stock for it, or wait for supply\.$/, 'Reservieren Sie Bestand dafür, oder warten Sie auf Ware.'],
  [/^Check its id\.$/, 'Prüfen Sie die Kennung.'],
  [/^it ships complete or not at all$/, 'er wird vollständig oder gar nicht geliefert'],
  [/^less than (\S+) % could be shipped$/, 'weniger als $1 % ließen sich liefern'],
  [/^no more than (\S+) shipment\(s\) are allowed$/, 'mehr als $1 Lieferungen sind nicht erlaubt'],
  // Was einem Artikel fehlt.
  [/^it has no category$/, 'er hat keine Warengruppe'],
  [/^category (\S+) is retired$/, 'Warengruppe $1 ist zurückgezogen'],
  [
    /^its code does not fit the pattern (.+) of its category$/,
    'seine Nummer passt nicht zum Muster $1 seiner Warengruppe',
  ],
  [/^the attribute (.+) is not filled$/, 'das Merkmal $1 ist leer'],
  [/^say which (?:customer|supplier) calls the item so\.$/, 'sagen Sie, wer den Artikel so nennt.'],
  [
    /^a code of the scope (\S+) is nobody's own\. Leave the party out\.$/,
    'ein Code dieser Reichweite ($1) gehört niemandem allein. Lassen Sie den Partner weg.',
  ],
  // Was an einer Preiskondition nicht passt.
  [
    /^a discount of (\S+) % is more than everything\. Give 100 or less\.$/,
    'ein Rabatt von $1 % ist mehr als alles. Geben Sie höchstens 100 an.',
  ],
  [
    /^a least margin of (\S+) % has no price\. Give less than 100\.$/,
    'zu einer Mindestmarge von $1 % gibt es keinen Preis. Geben Sie weniger als 100 an.',
  ],
  [/^name a customer or a group, not both\.$/, 'nennen Sie einen Kunden oder eine Gruppe, nicht beides.'],
  [/^a \S+ condition needs a customer\.$/, 'diese Art von Kondition braucht einen Kunden.'],
  [/^a \S+ condition needs a group of customers\.$/, 'diese Art von Kondition braucht eine Kundengruppe.'],
  [
    /^a list is given to groups by pricing\.list\.assign; leave customer and group out\.$/,
    'eine Preisliste wird Gruppen eigens zugeordnet; lassen Sie Kunde und Gruppe weg.',
  ],
  [/^name the list that this price stands on\.$/, 'nennen Sie die Liste, auf der dieser Preis steht.'],
  [
    /^a \S+ condition stands on no list\. Leave the list out\.$/,
    'diese Art von Kondition steht auf keiner Liste. Lassen Sie die Liste weg.',
  ],
  [/^the list (\S+) is (\S+)\. Choose another list\.$/, 'die Liste $1 gilt nicht ($2). Wählen Sie eine andere.'],
  [
    /^the list (\S+) is in (\S+), the price in (\S+)\. Use (\S+)\.$/,
    'die Liste $1 ist in $2, der Preis in $3. Nehmen Sie $4.',
  ],
  [/^only a promotion can be best-of\. Leave it out\.$/, 'nur eine Aktion kann „best-of“ sein. Lassen Sie es weg.'],
  [/^name an item or a category, not both\.$/, 'nennen Sie einen Artikel oder eine Warengruppe, nicht beides.'],
  [/^a price needs an item or a category\.$/, 'ein Preis braucht einen Artikel oder eine Warengruppe.'],
  [/^a matrix condition needs a category or an item\.$/, 'eine Matrix braucht eine Warengruppe oder einen Artikel.'],
  [
    /^a unit goes with the price of an item\. Leave it out\.$/,
    'eine Einheit gehört nur zum Preis eines Artikels. Lassen Sie sie weg.',
  ],
  // Warum ein Plan, ein Ring oder eine Abnahme nicht geht.
  [/^another plan was applied since$/, 'inzwischen wurde ein anderer Plan angewandt'],
  [/^the site follows another release since$/, 'der Standort folgt inzwischen einer anderen Ausgabe'],
  [
    /^the configuration of the site has changed since$/,
    'die Einstellungen des Standorts haben sich inzwischen geändert',
  ],
  [/^waits for ring (\S+)$/, 'wartet auf Ring $1'],
  [/^critical scenarios failed: (.+)$/, 'entscheidende Szenarien sind gescheitert: $1'],
  [/^severe defects are open: (.+)$/, 'schwere Mängel sind offen: $1'],
  [/^the live database changed by the run$/, 'die Datenbank des Betriebs hat sich durch den Lauf geändert'],
  [/^the whole run$/, 'der ganze Lauf'],
  [/^other columns are required$/, 'andere Spalten sind Pflicht'],
  [/^every row is a second one$/, 'jede Zeile ist eine doppelte'],
  [/^(\S+) has more cells than there are rows$/, '$1 hat mehr Zellen, als es Zeilen gibt'],
  [/^(\S+) has more faults than cells$/, '$1 hat mehr Fehler als Zellen'],
  [/^the codes of (\S+) do not add up$/, 'die Codes von $1 gehen nicht auf'],
  [
    /^Take that application back first, then undo\.$/,
    'Nehmen Sie zuerst diese Zuordnung zurück, dann machen Sie rückgängig.',
  ],
]
