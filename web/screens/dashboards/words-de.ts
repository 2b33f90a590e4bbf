// Names and definitions of the key figures in German, by id. They come with the dashboards, not with the first screen.
const FIRST =
  'Der erste Versuch ist der Tag der ersten Lieferung eines Auftrags; ein Auftrag, von dem nichts abging, zählt an dem Tag, für den er zugesagt war.'
const LATER = 'Was später storniert wurde, fehlt auch an früheren Tagen.'

export const GERMAN: Readonly<Record<string, readonly [name: string, formula: string]>> = {
  'cycle-time': [
    'Durchlaufzeit',
    'Tage vom Auftrag, bis alles beim Kunden ist, ohne die Tage, um die er warten wollte, geteilt durch die Aufträge, die im Zeitraum vollständig wurden. Beim Kunden: der Tag des Abgangs und die Laufzeit zu seiner Adresse.',
  ],
  otif: [
    'Pünktlich und vollständig zur ersten Zusage',
    'Positionen, von denen alles Bestellte bis zum zuerst zugesagten Tag beim Kunden war, geteilt durch alle Positionen, die für die vergangenen Tage des Zeitraums zuerst zugesagt waren. Eine zu knapp abgeschlossene Position ist verfehlt; Positionen stornierter Aufträge zählen nicht.',
  ],
  'line-fill': [
    'Liefergrad nach Positionen',
    `Positionen, die der erste Versuch ganz erfüllte, geteilt durch alle im Zeitraum versuchten. ${FIRST}`,
  ],
  'unit-fill': [
    'Liefergrad nach Stück',
    `Stück, die beim ersten Versuch abgingen, geteilt durch alle verlangten. ${FIRST}`,
  ],
  'order-fill': [
    'Liefergrad nach Aufträgen',
    `Aufträge, die der erste Versuch in jeder Position und ohne Ersatz erfüllte, geteilt durch alle im Zeitraum versuchten. ${FIRST}`,
  ],
  'short-lines': [
    'Fehlmengen beim ersten Versuch',
    `Positionen, von denen beim ersten Versuch etwas fehlte, geteilt durch alle im Zeitraum versuchten. ${FIRST}`,
  ],
  'items-out': [
    'Artikel ohne Bestand',
    'Artikel eines Lagers, von denen heute nichts frei ist, geteilt durch die, die dort in den letzten 90 Tagen bestellt wurden oder auf die jetzt jemand wartet.',
  ],
  'order-age': [
    'Alter offener Positionen',
    `Tage seit der Bestätigung jeder Position, die am Ende des Tages offen ist, geteilt durch die Zahl dieser Positionen. ${LATER}`,
  ],
  backlog: [
    'Auftragsbestand',
    `Nettowert, in der Währung der Firma zum Kurs des Auftragstags, von allem, was am Ende des Tages bestätigt und nicht abgegangen ist. ${LATER}`,
  ],
  'on-hold': [
    'Angehaltene Aufträge',
    'Aufträge des Zeitraums, die irgendwann aus irgendeinem Grund angehalten waren, geteilt durch alle Aufträge des Zeitraums außer Entwürfen und Angeboten.',
  ],
  'hold-time': [
    'Dauer von Sperren',
    'Stunden vom Anhalten bis zur Freigabe, gezählt nur an Arbeitstagen des Lagers, geteilt durch die im Zeitraum freigegebenen Sperren.',
  ],
  overrides: [
    'Preise von Hand',
    'Positionen, deren Preis jemand von Hand gab, geteilt durch alle Positionen der Aufträge des Zeitraums außer Entwürfen und Angeboten.',
  ],
  'margin-leakage': [
    'Verlorene Marge',
    'Was die Regeln berechnet hätten, weniger das Berechnete, auf Positionen mit einem von Hand gesenkten Preis, geteilt durch den Nettowert aller Positionen des Zeitraums; in der Währung der Firma. Fracht, Ansprüche und Boni werden hier noch nicht geführt und fehlen darin.',
  ],
  'invoices-corrected': [
    'Berichtigte Rechnungen',
    'Rechnungen des Zeitraums, die binnen 60 Tagen eine Gutschrift von uns berichtigte, Rücksendungen ausgenommen, geteilt durch alle Rechnungen des Zeitraums. 100 weniger dieser Zahl ist die Rechnungsgenauigkeit.',
  ],
  dso: [
    'Forderungslaufzeit (DSO)',
    'Was Kunden am Ende des Tages schulden, geteilt durch die Rechnungen der 90 Tage davor ohne Gutschriften, mal 90. Beides mit Steuer, in der Währung der Firma.',
  ],
  overdue: [
    'Überfällige Forderungen',
    'Was von Rechnungen nach ihrer Fälligkeit am Ende des Tages offen ist, geteilt durch das Offene aller Rechnungen; in der Währung der Firma.',
  ],
  returns: [
    'Rücksendequote',
    'Positionen der im Zeitraum genehmigten Rücksendungen, geteilt durch die in ihm versandten Positionen.',
  ],
}
