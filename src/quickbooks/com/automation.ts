/**
 * Late-bound COM automation through koffi: an object by its ProgID, and its members by name.
 *
 * 1. Windows only; whoever imports this loads koffi and `ole32.dll`.
 * 2. Single-threaded apartment: objects are made and called on the thread that called `enterApartment`, and messages
 *    are pumped there between calls.
 * 3. Arguments are texts and 32-bit integers, results texts or nothing: all that the request processor needs.
 *
 * Tried under Wine with the sandbox behind a stand-in for the request processor's library: 64-bit node, and a 64-bit
 * connector with a 32-bit host. Unverified against a real QuickBooks.
 */
import koffi, { type TypeObject } from 'koffi';
import { HResultError } from '../processor.ts';

const COINIT_APARTMENTTHREADED = 2;
/** In-process server or local server. */
const CLSCTX_INPROC_OR_LOCAL = 5;
const LOCALE_ENGLISH = 0x409;
const DISPATCH_METHOD = 1;
const DISP_E_EXCEPTION = 0x80020009;
const VT_I4 = 3;
const VT_BSTR = 8;
/** Places of the members in the table of IDispatch. */
const SLOT = { release: 2, getIDsOfNames: 5, invoke: 6 } as const;
const PUMP_MS = 50;

const POINTER_BYTES = koffi.sizeof('void*');
const GUID = koffi.struct('GUID', { a: 'uint32', b: 'uint16', c: 'uint16', d: koffi.array('uint8', 8) });
/** 24 bytes in 64 bit, 16 in 32 bit. */
const VARIANT = koffi.struct('VARIANT', {
  vt: 'uint16',
  reserved1: 'uint16',
  reserved2: 'uint16',
  reserved3: 'uint16',
  value: 'intptr_t',
  padding: 'intptr_t',
});
const DISPPARAMS = koffi.struct('DISPPARAMS', {
  rgvarg: 'VARIANT*',
  named: 'int32*',
  cArgs: 'uint32',
  cNamed: 'uint32',
});
const EXCEPINFO = koffi.struct('EXCEPINFO', {
  wCode: 'uint16',
  wReserved: 'uint16',
  source: 'intptr_t',
  description: 'intptr_t',
  helpFile: 'intptr_t',
  helpContext: 'uint32',
  reserved: 'intptr_t',
  deferred: 'intptr_t',
  scode: 'int32',
});
const POINT_IN_MESSAGE = 48;

const ole32 = koffi.load('ole32.dll');
const oleaut32 = koffi.load('oleaut32.dll');
const user32 = koffi.load('user32.dll');
const CoInitializeEx = ole32.func('int32 __stdcall CoInitializeEx(void*, uint32)');
const CLSIDFromProgID = ole32.func('int32 __stdcall CLSIDFromProgID(str16, _Out_ GUID*)');
const CoCreateInstance = ole32.func('int32 __stdcall CoCreateInstance(GUID*, void*, uint32, GUID*, _Out_ void**)');
const SysAllocStringLen = oleaut32.func('intptr_t __stdcall SysAllocStringLen(str16, uint32)');
const SysFreeString = oleaut32.func('void __stdcall SysFreeString(intptr_t)');
const SysStringLen = oleaut32.func('uint32 __stdcall SysStringLen(intptr_t)');
const PeekMessageW = user32.func('int32 __stdcall PeekMessageW(void*, void*, uint32, uint32, uint32)');
const TranslateMessage = user32.func('int32 __stdcall TranslateMessage(void*)');
const DispatchMessageW = user32.func('intptr_t __stdcall DispatchMessageW(void*)');
const GetIDsOfNames = koffi.proto('int32 __stdcall GetIDsOfNames(void*, GUID*, str16*, uint32, uint32, _Out_ int32*)');
const Invoke = koffi.proto(
  'int32 __stdcall Invoke(void*, int32, GUID*, uint32, uint16, DISPPARAMS*, _Out_ VARIANT*, _Out_ EXCEPINFO*, void*)',
);
const Release = koffi.proto('uint32 __stdcall Release(void*)');

const NULL_GUID = { a: 0, b: 0, c: 0, d: [0, 0, 0, 0, 0, 0, 0, 0] };
const IID_IDISPATCH = { a: 0x20400, b: 0, c: 0, d: [0xc0, 0, 0, 0, 0, 0, 0, 0x46] };

export interface AutomationObject {
  /** Calls a member; throws `HResultError` with the text that the object gave. */
  call(member: string, ...args: readonly (string | number)[]): string;
  release(): void;
}

/** Makes this thread a single-threaded apartment and pumps its messages. To be called once, before any object is made. */
export function enterApartment(): void {
  check(CoInitializeEx(null, COINIT_APARTMENTTHREADED), 'CoInitializeEx');
  const message = Buffer.alloc(POINT_IN_MESSAGE);
  setInterval(() => {
    while (PeekMessageW(message, null, 0, 0, 1) !== 0) {
      TranslateMessage(message);
      DispatchMessageW(message);
    }
  }, PUMP_MS).unref();
}

/** An object of the class registered under the ProgID. Throws `HResultError` (0x80040154: not registered, or not in this bitness). */
export function createObject(progId: string): AutomationObject {
  const classId: Record<string, unknown> = {};
  check(CLSIDFromProgID(progId, classId), progId);
  const made: unknown[] = [null];
  check(CoCreateInstance(classId, null, CLSCTX_INPROC_OR_LOCAL, IID_IDISPATCH, made), progId);
  const dispatch: unknown = made[0];
  const table: unknown = koffi.decode(dispatch, 'void*');
  const member = (slot: number): unknown => koffi.decode(table, slot * POINTER_BYTES, 'void*');
  const numbers = new Map<string, number>();

  const numberOf = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const found = [0];
    check(
      koffi.call(member(SLOT.getIDsOfNames), GetIDsOfNames, dispatch, NULL_GUID, [name], 1, LOCALE_ENGLISH, found),
      name,
    );
    const number = found[0] ?? 0;
    numbers.set(name, number);
    return number;
  };

  return {
    call(name, ...args) {
      const number = numberOf(name);
      // Arguments stand in reverse order.
      const variants = args.map(variantOf).reverse();
      const parameters = {
        rgvarg: variants.length === 0 ? null : variants,
        named: null,
        cArgs: variants.length,
        cNamed: 0,
      };
      const result: Record<string, unknown> = {};
      const exception: Record<string, unknown> = {};
      try {
        const hresult: unknown = koffi.call(
          member(SLOT.invoke),
          Invoke,
          dispatch,
          number,
          NULL_GUID,
          LOCALE_ENGLISH,
          DISPATCH_METHOD,
          parameters,
          result,
          exception,
          null,
        );
        if (Number(hresult) >>> 0 === DISP_E_EXCEPTION) throw raised(exception);
        check(hresult, name);
        return result.vt === VT_BSTR ? takeText(result.value) : '';
      } finally {
        for (const variant of variants) if (variant.vt === VT_BSTR) SysFreeString(variant.value);
      }
    },
    release() {
      koffi.call(member(SLOT.release), Release, dispatch);
    },
  };
}

const variantOf = (value: string | number) => ({
  vt: typeof value === 'string' ? VT_BSTR : VT_I4,
  reserved1: 0,
  reserved2: 0,
  reserved3: 0,
  value: typeof value === 'string' ? Number(SysAllocStringLen(value, value.length)) : value,
  padding: 0,
});

function raised(exception: Record<string, unknown>): HResultError {
  const text = takeText(exception.description);
  SysFreeString(exception.source);
  SysFreeString(exception.helpFile);
  return new HResultError(Number(exception.scode) || DISP_E_EXCEPTION, text);
}

/** The text of a BSTR, which is freed. */
function takeText(pointer: unknown): string {
  if (Number(pointer) === 0) return '';
  const length = Number(SysStringLen(pointer));
  const text: unknown = length === 0 ? '' : koffi.decode(BigInt(Number(pointer)), 'char16_t', length);
  SysFreeString(pointer);
  return String(text);
}

function check(hresult: unknown, where: string): void {
  if (Number(hresult) < 0) throw new HResultError(Number(hresult), where);
}

/** The structures by name, which keeps them declared for the prototypes above. */
export const STRUCTURES: readonly TypeObject[] = [GUID, VARIANT, DISPPARAMS, EXCEPINFO];
