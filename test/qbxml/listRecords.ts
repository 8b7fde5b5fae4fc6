/** Records of the company and its lists: as QuickBooks writes them, and as they are read. */
import type { AnswerRow } from './answerRow.ts';

const OWNER = '{7b0f2a64-52c1-4c0e-9d0a-8e6f1f2f3c55}';
const STAMP = '2026-01-02T03:04:05-08:00';
const LIST = `<ListID>8000-1</ListID><TimeCreated>${STAMP}</TimeCreated><TimeModified>${STAMP}</TimeModified><EditSequence>17</EditSequence>`;
const list = { ListID: '8000-1', TimeCreated: STAMP, TimeModified: STAMP, EditSequence: '17' };
const REF = '<ListID>8000-2</ListID><FullName>X</FullName>';
const ref = { ListID: '8000-2', FullName: 'X' };

export const LIST_RECORDS: readonly AnswerRow[] = [
  [
    'HostQuery',
    {
      element: 'HostRet',
      value: {
        ProductName: 'QuickBooks Pro 2014',
        MajorVersion: '24',
        SupportedQBXMLVersion: ['12.0', '13.0'],
        IsAutomaticLogin: false,
        QBFileMode: 'MultiUser',
      },
    },
    '<ProductName>QuickBooks Pro 2014</ProductName><MajorVersion>24</MajorVersion><SupportedQBXMLVersion>12.0</SupportedQBXMLVersion><SupportedQBXMLVersion>13.0</SupportedQBXMLVersion><IsAutomaticLogin>false</IsAutomaticLogin><QBFileMode>MultiUser</QBFileMode>',
  ],
  [
    'CompanyQuery',
    {
      element: 'CompanyRet',
      value: {
        IsSampleCompany: false,
        CompanyName: 'Acme',
        Address: { Addr1: '1 Main', City: 'Reno' },
        EIN: '12-3456789',
        AccountantCopy: { AccountantCopyExists: true, DividingDate: '2025-12-31' },
        DataExtRet: [{ OwnerID: OWNER, DataExtName: 'Tandem', DataExtType: 'STR255TYPE', DataExtValue: 'acme 1' }],
      },
    },
    `<IsSampleCompany>false</IsSampleCompany><CompanyName>Acme</CompanyName><Address><Addr1>1 Main</Addr1><City>Reno</City></Address><EIN>12-3456789</EIN><AccountantCopy><AccountantCopyExists>true</AccountantCopyExists><DividingDate>2025-12-31</DividingDate></AccountantCopy><DataExtRet><OwnerID>${OWNER}</OwnerID><DataExtName>Tandem</DataExtName><DataExtType>STR255TYPE</DataExtType><DataExtValue>acme 1</DataExtValue></DataExtRet>`,
  ],
  [
    'PreferencesQuery',
    {
      element: 'PreferencesRet',
      value: {
        AccountingPreferences: {
          IsUsingAccountNumbers: true,
          IsRequiringAccounts: true,
          IsUsingClassTracking: false,
          IsUsingAuditTrail: true,
          IsAssigningJournalEntryNumbers: true,
          ClosingDate: '2025-12-31',
        },
        MultiCurrencyPreferences: { IsMultiCurrencyOn: false },
        PurchasesAndVendorsPreferences: {
          IsUsingInventory: false,
          DaysBillsAreDue: 10,
          IsAutomaticallyUsingDiscounts: false,
        },
      },
    },
    '<AccountingPreferences><IsUsingAccountNumbers>true</IsUsingAccountNumbers><IsRequiringAccounts>true</IsRequiringAccounts><IsUsingClassTracking>false</IsUsingClassTracking><IsUsingAuditTrail>true</IsUsingAuditTrail><IsAssigningJournalEntryNumbers>true</IsAssigningJournalEntryNumbers><ClosingDate>2025-12-31</ClosingDate></AccountingPreferences><MultiCurrencyPreferences><IsMultiCurrencyOn>false</IsMultiCurrencyOn></MultiCurrencyPreferences><PurchasesAndVendorsPreferences><IsUsingInventory>false</IsUsingInventory><DaysBillsAreDue>10</DaysBillsAreDue><IsAutomaticallyUsingDiscounts>false</IsAutomaticallyUsingDiscounts></PurchasesAndVendorsPreferences>',
  ],
  [
    'AccountQuery',
    {
      element: 'AccountRet',
      value: {
        ...list,
        Name: 'Rent',
        FullName: 'Office:Rent',
        IsActive: true,
        ParentRef: ref,
        Sublevel: 1,
        AccountType: 'Expense',
        AccountNumber: '6100',
        Balance: -120050,
      },
    },
    `${LIST}<Name>Rent</Name><FullName>Office:Rent</FullName><IsActive>true</IsActive><ParentRef>${REF}</ParentRef><Sublevel>1</Sublevel><AccountType>Expense</AccountType><AccountNumber>6100</AccountNumber><Balance>-1200.50</Balance>`,
  ],
  [
    'ClassQuery',
    { element: 'ClassRet', value: { ...list, Name: 'West', FullName: 'West', IsActive: false, Sublevel: 0 } },
    `${LIST}<Name>West</Name><FullName>West</FullName><IsActive>false</IsActive><Sublevel>0</Sublevel>`,
  ],
  [
    'CustomerQuery',
    {
      element: 'CustomerRet',
      value: {
        ...list,
        Name: 'Roof',
        FullName: 'Miller:Roof',
        ParentRef: ref,
        Sublevel: 1,
        JobStatus: 'InProgress',
        JobStartDate: '2026-01-02',
      },
    },
    `${LIST}<Name>Roof</Name><FullName>Miller:Roof</FullName><ParentRef>${REF}</ParentRef><Sublevel>1</Sublevel><JobStatus>InProgress</JobStatus><JobStartDate>2026-01-02</JobStartDate>`,
  ],
  [
    'ItemQuery',
    {
      element: 'ItemServiceRet',
      value: {
        ...list,
        Name: 'Labour',
        SalesAndPurchase: { PurchaseCost: { units: 1025, scale: 2 }, ExpenseAccountRef: ref },
      },
    },
    `${LIST}<Name>Labour</Name><SalesAndPurchase><PurchaseCost>10.25</PurchaseCost><ExpenseAccountRef>${REF}</ExpenseAccountRef></SalesAndPurchase>`,
  ],
  [
    'ItemQuery',
    {
      element: 'ItemNonInventoryRet',
      value: {
        ...list,
        ManufacturerPartNumber: 'P',
        SalesOrPurchase: { Price: { units: 5, scale: 0 }, AccountRef: ref },
      },
    },
    `${LIST}<ManufacturerPartNumber>P</ManufacturerPartNumber><SalesOrPurchase><Price>5</Price><AccountRef>${REF}</AccountRef></SalesOrPurchase>`,
  ],
  [
    'ItemQuery',
    { element: 'ItemOtherChargeRet', value: { ...list, SalesOrPurchase: { PricePercent: { units: 25, scale: 1 } } } },
    `${LIST}<SalesOrPurchase><PricePercent>2.5</PricePercent></SalesOrPurchase>`,
  ],
  [
    'ItemQuery',
    {
      element: 'ItemInventoryRet',
      value: {
        ...list,
        COGSAccountRef: ref,
        AssetAccountRef: ref,
        ReorderPoint: { units: 3, scale: 0 },
        QuantityOnHand: { units: -15, scale: 1 },
      },
    },
    `${LIST}<COGSAccountRef>${REF}</COGSAccountRef><AssetAccountRef>${REF}</AssetAccountRef><ReorderPoint>3</ReorderPoint><QuantityOnHand>-1.5</QuantityOnHand>`,
  ],
  [
    'ItemQuery',
    {
      element: 'ItemInventoryAssemblyRet',
      value: { ...list, ItemInventoryAssemblyLine: [{ ItemInventoryRef: ref, Quantity: { units: 2, scale: 0 } }] },
    },
    `${LIST}<ItemInventoryAssemblyLine><ItemInventoryRef>${REF}</ItemInventoryRef><Quantity>2</Quantity></ItemInventoryAssemblyLine>`,
  ],
  [
    'ItemQuery',
    {
      element: 'ItemFixedAssetRet',
      value: { ...list, Name: 'Truck', AcquiredAs: 'New', PurchaseDate: '2024-05-06', CostBasis: 100 },
    },
    `${LIST}<Name>Truck</Name><AcquiredAs>New</AcquiredAs><PurchaseDate>2024-05-06</PurchaseDate><CostBasis>1.00</CostBasis>`,
  ],
  ['ItemQuery', { element: 'ItemSubtotalRet', value: { ...list, ItemDesc: 'Sum' } }, `${LIST}<ItemDesc>Sum</ItemDesc>`],
  [
    'ItemQuery',
    { element: 'ItemDiscountRet', value: { ...list, DiscountRatePercent: { units: 10, scale: 0 }, AccountRef: ref } },
    `${LIST}<DiscountRatePercent>10</DiscountRatePercent><AccountRef>${REF}</AccountRef>`,
  ],
  [
    'ItemQuery',
    { element: 'ItemPaymentRet', value: { ...list, DepositToAccountRef: ref } },
    `${LIST}<DepositToAccountRef>${REF}</DepositToAccountRef>`,
  ],
  [
    'ItemQuery',
    { element: 'ItemSalesTaxRet', value: { ...list, TaxRate: { units: 775, scale: 2 }, TaxVendorRef: ref } },
    `${LIST}<TaxRate>7.75</TaxRate><TaxVendorRef>${REF}</TaxVendorRef>`,
  ],
  [
    'ItemQuery',
    { element: 'ItemSalesTaxGroupRet', value: { ...list, ItemSalesTaxRef: [ref, ref] } },
    `${LIST}<ItemSalesTaxRef>${REF}</ItemSalesTaxRef><ItemSalesTaxRef>${REF}</ItemSalesTaxRef>`,
  ],
  [
    'ItemQuery',
    {
      element: 'ItemGroupRet',
      value: {
        ...list,
        IsPrintItemsInGroup: true,
        ItemGroupLine: [{ ItemRef: ref, Quantity: { units: 1, scale: 0 } }],
      },
    },
    `${LIST}<IsPrintItemsInGroup>true</IsPrintItemsInGroup><ItemGroupLine><ItemRef>${REF}</ItemRef><Quantity>1</Quantity></ItemGroupLine>`,
  ],
  [
    'StandardTermsQuery',
    {
      element: 'StandardTermsRet',
      value: {
        ...list,
        Name: '2% 10 Net 30',
        IsActive: true,
        StdDueDays: 30,
        StdDiscountDays: 10,
        DiscountPct: { units: 200, scale: 2 },
      },
    },
    `${LIST}<Name>2% 10 Net 30</Name><IsActive>true</IsActive><StdDueDays>30</StdDueDays><StdDiscountDays>10</StdDiscountDays><DiscountPct>2.00</DiscountPct>`,
  ],
  [
    'DateDrivenTermsQuery',
    { element: 'DateDrivenTermsRet', value: { ...list, Name: '10th', DayOfMonthDue: 10, DueNextMonthDays: 5 } },
    `${LIST}<Name>10th</Name><DayOfMonthDue>10</DayOfMonthDue><DueNextMonthDays>5</DueNextMonthDays>`,
  ],
  [
    'CurrencyQuery',
    {
      element: 'CurrencyRet',
      value: {
        ...list,
        Name: 'Canadian Dollar',
        IsActive: true,
        CurrencyCode: 'CAD',
        CurrencyFormat: { ThousandSeparator: 'Comma', DecimalPlaces: '2', DecimalSeparator: 'Period' },
        IsUserDefinedCurrency: false,
        ExchangeRate: '0.74',
        AsOfDate: '2026-01-02',
      },
    },
    `${LIST}<Name>Canadian Dollar</Name><IsActive>true</IsActive><CurrencyCode>CAD</CurrencyCode><CurrencyFormat><ThousandSeparator>Comma</ThousandSeparator><DecimalPlaces>2</DecimalPlaces><DecimalSeparator>Period</DecimalSeparator></CurrencyFormat><IsUserDefinedCurrency>false</IsUserDefinedCurrency><ExchangeRate>0.74</ExchangeRate><AsOfDate>2026-01-02</AsOfDate>`,
  ],
  [
    'VendorQuery',
    {
      element: 'VendorRet',
      value: {
        ...list,
        Name: 'Acme',
        IsActive: true,
        CompanyName: 'Acme Inc.',
        VendorAddress: { Addr1: 'Acme Inc.', City: 'Reno', State: 'NV', PostalCode: '89501' },
        VendorAddressBlock: { Addr1: 'Acme Inc.', Addr2: 'Reno, NV 89501' },
        Phone: '555',
        Email: 'a@acme.example',
        NameOnCheck: 'Acme',
        AccountNumber: '42',
        TermsRef: ref,
        Balance: 100,
        PrefillAccountRef: [ref],
      },
    },
    `${LIST}<Name>Acme</Name><IsActive>true</IsActive><CompanyName>Acme Inc.</CompanyName><VendorAddress><Addr1>Acme Inc.</Addr1><City>Reno</City><State>NV</State><PostalCode>89501</PostalCode></VendorAddress><VendorAddressBlock><Addr1>Acme Inc.</Addr1><Addr2>Reno, NV 89501</Addr2></VendorAddressBlock><Phone>555</Phone><Email>a@acme.example</Email><NameOnCheck>Acme</NameOnCheck><AccountNumber>42</AccountNumber><TermsRef>${REF}</TermsRef><Balance>1.00</Balance><PrefillAccountRef>${REF}</PrefillAccountRef>`,
  ],
];
