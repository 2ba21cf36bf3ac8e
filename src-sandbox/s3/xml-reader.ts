import sax from 'sax';
import { S3Error } from './errors.ts';

/** An element of a request's body. */
export interface XmlElement {
  /** Without its namespace's prefix. */
  name: string;
  text: string;
  children: XmlElement[];
}

const maxDepth = 12;

/**
 * Reads the XML of a request's body. Document types are passed over, and no entity but XML's own is known.
 *
 * @param expectedRoot the name that the root element must have
 * @throws S3Error `MalformedXML`
 */
export function readXml(body: Buffer, expectedRoot: string): XmlElement {
  const document: XmlElement = { name: '', text: '', children: [] };
  const open: XmlElement[] = [document];
  const reader = sax.parser(true, { trim: false });
  reader.onopentag = ({ name }) => {
    if (open.length > maxDepth) throw malformedXml();
    const element: XmlElement = { name: name.slice(name.indexOf(':') + 1), text: '', children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  };
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element) element.text += text;
  };
  reader.ontext = addText;
  reader.oncdata = addText;
  reader.onclosetag = () => void open.pop();
  reader.onerror = () => {
    throw malformedXml();
  };
  try {
    reader.write(body.toString()).close();
  } catch {
    throw malformedXml();
  }
  const root = document.children[0];
  if (root?.name !== expectedRoot) throw malformedXml();
  return root;
}

/** The first child with this name. */
export function child(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((candidate) => candidate.name === name);
}

/** The text of the first child with this name. */
export function childText(parent: XmlElement, name: string): string | undefined {
  return child(parent, name)?.text;
}

export function malformedXml(): S3Error {
  return new S3Error(
    400,
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}
