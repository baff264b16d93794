import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { docx, exemples, pdf, png, zip } from './exemples.fixtures.ts';
import { extensionsAcceptees } from './index.ts';
import { reconnaitre } from './nature.ts';
import { extensionDe, nettoyerNom } from './nom.ts';

const refusDe = async (contenu: Uint8Array | string, extension: string): Promise<string> => {
  const found = await reconnaitre(typeof contenu === 'string' ? Buffer.from(contenu) : contenu, extension);
  return found.ok ? 'accepté' : found.refus;
};

describe('a file handed in', () => {
  it('is recognised by its content in each format that is taken', async () => {
    const files = Object.entries(await exemples());
    expect(files.map(([nom]) => extensionDe(nom)).sort()).toEqual([...extensionsAcceptees].sort());
    for (const [nom, contenu] of files) {
      const found = await reconnaitre(contenu, extensionDe(nom));
      expect(found, nom).toMatchObject({ ok: true });
    }
  });

  it('is refused under the extension of any other format', async () => {
    const files = Object.entries(await exemples());
    const texte = new Set(['csv', 'txt']);
    const jpeg = new Set(['jpg', 'jpeg']);
    for (const [nom, contenu] of files)
      for (const extension of extensionsAcceptees) {
        const own = extensionDe(nom);
        if (own === extension || [texte, jpeg].some((set) => set.has(own) && set.has(extension))) continue;
        expect(['contenu', 'archive'], `${nom} as ${extension}`).toContain(await refusDe(contenu, extension));
      }
  });

  it.each([
    [
      'a drawing that may run',
      '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
      ['svg', 'png', 'txt'],
    ],
    ['a page', '<!doctype html><script>alert(1)</script>', ['html', 'htm', 'pdf', 'csv', 'txt']],
    ['a page behind a byte order mark', '\ufeff \n<html>', ['csv', 'txt']],
    ['a script', '#!/bin/sh\nrm -rf /\n', ['sh', 'txt', 'csv', 'pdf']],
    [
      'a program of Windows',
      Buffer.from('4d5a90000300000004000000ffff0000', 'hex'),
      ['exe', 'pdf', 'txt', 'docx'],
    ],
    ['a program of Linux', Buffer.from('7f454c4602010100', 'hex'), ['', 'bin', 'txt', 'png']],
    ['an archive', zip({ 'a.txt': 'a' }), ['zip', 'docx', 'odt', 'pdf', 'txt']],
    [
      'an office document with macros',
      docx({
        '[Content_Types].xml':
          '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
      }),
      ['docm', 'docx'],
    ],
    ['text in another encoding', Buffer.from('Saint-Étienne', 'latin1'), ['csv', 'txt']],
    ['text with control characters', 'a\u0000b', ['csv', 'txt']],
    ['a PDF under another name', pdf, ['txt', 'png', 'exe']],
  ])('is refused when it is %s', async (_, contenu, extensions) => {
    for (const extension of extensions)
      expect(await refusDe(contenu, extension), extension).not.toBe('accepté');
  });

  it('says in French what to do', async () => {
    expect(await reconnaitre(png, 'gif')).toMatchObject({
      message: expect.stringMatching(/Enregistrez-le en PDF, PNG/),
    });
    expect(await reconnaitre(Buffer.from([0xe9]), 'csv')).toMatchObject({
      message: expect.stringMatching(/UTF-8/),
    });
    expect(await reconnaitre(pdf, 'png')).toMatchObject({
      message: expect.stringMatching(/n’est pas celui d’un fichier .png/),
    });
  });
});

describe('an archive', () => {
  it('is refused when it unpacks beyond measure', async () => {
    const bomb = zip({
      ...Object.fromEntries(
        Array.from({ length: 11 }, (_, rank) => [`word/${rank}.xml`, 'x'.repeat(10_000_000)]),
      ),
      '[Content_Types].xml': '<Types/>',
    });
    expect(bomb.length).toBeLessThan(200_000);
    expect(await refusDe(bomb, 'docx')).toBe('archive');
  });

  it('is refused when it lies about its size, shares its bytes, is encrypted or is cut', async () => {
    const whole = Buffer.from(docx({ 'word/long.xml': 'x'.repeat(100_000) }));
    expect(await refusDe(whole, 'docx')).toBe('accepté');
    const directory = whole.indexOf('PK\u0001\u0002');
    const changed = (change: (copy: Buffer) => void): Buffer => {
      const copy = Buffer.from(whole);
      change(copy);
      return copy;
    };
    const last = whole.lastIndexOf('PK\u0001\u0002');
    // Says that it unpacks to less, then to more, than it does.
    for (const said of [10, 200_000])
      expect(
        await refusDe(
          changed((copy) => copy.writeUInt32LE(said, last + 24)),
          'docx',
        ),
      ).toBe('archive');
    // Two entries of the directory, one content.
    const shared = changed((copy) => {
      copy.copy(copy, last + 16, directory + 16, directory + 28);
      copy.copy(copy, last + 42, directory + 42, directory + 46);
    });
    expect(await refusDe(shared, 'docx')).toBe('archive');
    expect(
      await refusDe(
        changed((copy) => copy.writeUInt16LE(1, last + 8)),
        'docx',
      ),
    ).toBe('archive');
    expect(await refusDe(whole.subarray(0, whole.length - 30), 'docx')).toBe('archive');
    expect(await refusDe(Buffer.concat([whole, Buffer.from('suite')]), 'docx')).toBe('archive');
  });

  it('whatever bytes of it change, is accepted or refused, and never fails', async () => {
    const whole = Buffer.from(docx());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (changes) => {
          const copy = Buffer.from(whole);
          for (const [at, octet] of changes) copy[at] = octet;
          expect(['accepté', 'archive', 'contenu']).toContain(await refusDe(copy, 'docx'));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the name of a file', () => {
  it.each([
    ['Convention signée.PDF', 'Convention signée.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\nadia\\liste.csv', 'liste.csv'],
    ['facture\u202Efdp.exe', 'facturefdp.exe'],
    ['a\u0000b\r\nc.txt', 'ab c.txt'],
    ['  .htaccess  ', 'htaccess'],
    ['con.pdf', '_con.pdf'],
    ['e\u0301te\u0301.pdf', 'été.pdf'],
    ['???.pdf', '---.pdf'],
    ['', 'fichier'],
    ['/', 'fichier'],
    ['.pdf', 'pdf'],
    ['\ud800.pdf', '\ufffd.pdf'],
    [`${'é'.repeat(500)}.docx`, `${'é'.repeat(75)}.docx`],
  ])('%j is kept as %j', (sent, kept) => {
    expect(nettoyerNom(sent)).toBe(kept);
  });

  const nomHostile = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.constantFrom(
          '..',
          '/',
          '\\',
          '.',
          ' ',
          '\u202e',
          '\u200b',
          '\u0000',
          '\n',
          'con',
          '.pdf',
          '"',
          '\ud83d',
          '%2f',
          'é',
          'e\u0301',
          '🎉',
        ),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));

  it('whatever is sent, leads nowhere, hides nothing, is short, and is clean once cleaned', () => {
    fc.assert(
      fc.property(nomHostile, (sent) => {
        const kept = nettoyerNom(sent);
        expect(kept).not.toMatch(/[/\\<>:"|?*]|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|^[.\s]|[.\s]$|^$/u);
        expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(200);
        expect(nettoyerNom(kept)).toBe(kept);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps the extension by which it is recognised', () => {
    fc.assert(
      fc.property(nomHostile, fc.constantFrom(...extensionsAcceptees), (sent, extension) => {
        expect(extensionDe(nettoyerNom(`a${sent.replaceAll(/[/\\]/g, '')}.${extension}`))).toBe(extension);
      }),
    );
  });
});
