// Die Sätze des Imports: die Datei, was ihre Spalten sind, was daraus wird und was daraus wurde.
import type { enImport } from './en-import.ts'

export const deImport: Readonly<Record<keyof typeof enImport, string>> = {
  'import.title': 'Import: {document}',
  'import.lead': 'Die Datei wird gelesen, am Server ausprobiert, ohne etwas zu ändern, und erst dann ausgeführt.',
  'import.choose': 'CSV- oder XLSX-Datei wählen',
  'import.drop': 'oder hier ablegen',
  'import.sheet': 'Tabellenblatt',
  'import.unreadable':
    'Die Datei ist kein lesbarer Text. Speichern Sie sie als „CSV UTF-8“ oder als Excel-Arbeitsmappe (.xlsx) und wählen Sie sie neu.',
  'import.doubt': '{name} ist nicht in UTF-8 geschrieben',
  'import.doubt-text':
    'Ältere Programme, und Excel beim Speichern als einfaches „CSV“, schreiben Windows-1252 (Westeuropäisch). So gelesen steht in der Datei:',
  'import.doubt-ask':
    'Stimmen alle diese Buchstaben? Stimmt einer nicht, speichern Sie die Datei als „CSV UTF-8“ oder als Excel-Arbeitsmappe (.xlsx) und wählen Sie sie neu.',
  'import.doubt-read': 'Sie stimmen, so lesen',
  'import.doubt-away': 'Nicht diese Datei',
  'import.encoding-windows-1252': 'als Windows-1252 gelesen',
  'import.nothing':
    'Die Datei enthält keine Zeilen. In die erste Zeile gehören die Namen der Spalten, in jede weitere ein Datensatz.',
  'import.too-large':
    'Die Datei ist größer als 12 MB. Teilen Sie sie, oder lassen Sie sie über die Kommandozeile laden.',
  'import.mapping': 'Welche Spalte welches Feld ist',
  'import.mapping-lines': 'Welche Spalte welches Feld der Positionen ist',
  'import.together': 'Zeilen eines Belegs',
  'import.together-equal': 'Alle Spalten außerhalb der Positionen sind gleich',
  'import.together-hint':
    'Zeilen, in denen hier dasselbe steht, werden ein Beleg, jede Zeile eine Position darin; eine Zeile nur mit Position gehört zum Beleg darüber.',
  'import.ignore': 'Weglassen',
  'import.needs': 'Keine Spalte liefert {field}; das wird gebraucht.',
  'import.no-value': 'Die Zelle zeigt {text} statt eines Werts. Berichtigen Sie sie in der Tabelle.',
  'import.differs': 'Zeilen eines Belegs sagen {one} und {other}. Gleichen Sie sie an, oder trennen Sie die Belege.',
  'import.homeless': 'ist leer; so weiß niemand, zu welchem Beleg die Zeile gehört. Füllen Sie die Zelle aus.',
  'import.overfull': 'Die Zeile hat mehr Zellen als die Datei Spalten. Prüfen Sie Trennzeichen und Anführungszeichen.',
  'import.preview': 'Was aus der Datei wird',
  'import.in-documents.one': '{n} Beleg',
  'import.in-documents.other': '{n} Belege',
  'import.in-rows.one': '{n} Zeile',
  'import.in-rows.other': '{n} Zeilen',
  'import.more.one': 'und {n} weitere',
  'import.more.other': 'und {n} weitere',
  'import.more-lines.one': 'und {n} weitere Position',
  'import.more-lines.other': 'und {n} weitere Positionen',
  'import.try': 'Ausprobieren',
  'import.run.one': '{n} Zeile importieren',
  'import.run.other': '{n} Zeilen importieren',
  'import.run-documents.one': '{n} Beleg importieren',
  'import.run-documents.other': '{n} Belege importieren',
  'import.doing': 'Die Datei wird importiert: {done} von {total} Zeilen',
  'import.trying': 'Die Datei wird ausprobiert: {done} von {total} Zeilen',
  'import.stays':
    'Sie können in der Anwendung weiterarbeiten oder die Seite neu laden; es geht weiter. Wird der Browser geschlossen, hält der Import nach dem Gesendeten an und geht weiter, wenn Sie an diesem Gerät hierher zurückkommen.',
  'import.halted': 'Der Import hielt an, als sein Fenster geschlossen wurde: {done} von {total} Zeilen sind durch',
  'import.halted-text':
    'Was übernommen ist, bleibt übernommen. Fortsetzen übernimmt den Rest und nichts ein zweites Mal. Den Rest lassen vergisst nur die Datei hier.',
  'import.go-on': 'Mit dem Rest fortsetzen',
  'import.leave': 'Den Rest lassen',
  'import.put-away': 'Weglegen',
  'import.changed':
    'Aus der Datei wird nicht mehr, was bei Beginn des Imports daraus wurde; beim Fortsetzen könnten Zeilen doppelt kommen. Sehen Sie in der Liste nach, was übernommen ist, und wählen Sie die Datei ohne dieses noch einmal.',
  'import.tried': '{ok} würden übernommen, {refused} abgelehnt',
  'import.tried-documents': 'Belege: {ok} würden übernommen, {refused} abgelehnt',
  'import.done': '{ok} übernommen, {refused} abgelehnt',
  'import.done-documents': 'Belege: {ok} übernommen, {refused} abgelehnt',
  'import.receipt': 'Zeilen der Datei: {all} = {ok} übernommen + {refused} abgelehnt.',
  'import.before.one': '{n} davon kam schon früher aus derselben Datei und wurde nicht noch einmal übernommen.',
  'import.before.other': '{n} davon kamen schon früher aus derselben Datei und wurden nicht noch einmal übernommen.',
  'import.again': 'Noch einmal übernehmen',
  'import.row': 'Zeile',
  'import.at.one': 'Zeile {rows}',
  'import.at.other': 'Zeilen {rows}',
  'import.download': 'Abgelehnte Zeilen herunterladen',
}
