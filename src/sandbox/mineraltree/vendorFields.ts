/**
 * The fields of a vendor, as the API guide lists them: one phone and one fax, one e-mail address, a country of three letters.
 *
 * Names of members that the guide leaves open (`phones[].number`, `emails` as a list of texts) are as public clients write
 * them. Unverified against a live MineralTree.
 */
import { type Field, flag, group, lines, text, type Values } from './field.ts';
import { invalid } from './refusal.ts';

const COUNTRY = /^[A-Z]{3}$/;
const country: Field<string> = {
  ...text(),
  read(json, at, scope) {
    const code = text().read(json, at, scope);
    if (code !== undefined && !COUNTRY.test(code)) throw invalid(at, 'has to be a country of three letters, as USA');
    return code;
  },
};
const addressFields = {
  name: text(),
  address1: text(),
  address2: text(),
  address3: text(),
  address4: text(),
  address5: text(),
  town: text(),
  ctrySubDivision: text(),
  postalCode: text(),
  country,
};
/** The block that is printed on checks. */
export type Address = Values<typeof addressFields>;

const phoneFields = { number: text(), isFax: flag() };
const numbers = lines(phoneFields);
/** One phone and one fax (guide). An entry without a number is dropped. */
const phones: typeof numbers = {
  ...numbers,
  read(json, at, scope) {
    const listed = (numbers.read(json, at, scope) ?? []).filter((phone) => phone.number !== undefined);
    for (const fax of [false, true])
      if (listed.filter(({ isFax = false }) => isFax === fax).length > 1)
        throw invalid(at, `may hold one ${fax ? 'fax' : 'phone'} number`);
    return listed.length === 0 ? undefined : listed;
  },
};

const emails: Field<readonly string[]> = {
  read(json, at) {
    if (!Array.isArray(json)) throw invalid(at, 'has to be a list of texts');
    const listed = json.map((entry, index) => {
      if (typeof entry !== 'string') throw invalid(`${at}[${index}]`, 'has to be a text');
      return entry;
    });
    const filled = listed.filter((entry) => entry !== '');
    return filled.length === 0 ? undefined : filled;
  },
  answer: (value) => value ?? [],
};
const oneEmail: Field<readonly string[]> = {
  ...emails,
  read(json, at, scope) {
    const listed = emails.read(json, at, scope);
    if (listed !== undefined && listed.length > 1) throw invalid(at, 'may hold one e-mail address');
    return listed;
  },
};

export const vendorFields = {
  name: text(),
  active: flag(),
  legalName: text(),
  vendorType: text(),
  form1099Enabled: flag(),
  address: group(addressFields),
  phones,
  emails: oneEmail,
  remittanceEmails: emails,
  remittanceEnabled: flag(),
  memo: text(),
  customerAccount: text(),
  taxId: text(),
  vatNumber: text(),
};
