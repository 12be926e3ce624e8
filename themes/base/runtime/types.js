// The shapes that scripts pass around, for readers and for `tsc --checkJs`. Nothing here runs and
// no page loads it; what the engine says is described in src/engine (Face, Verdict, …).

/**
 * @typedef {Record<string, any>} Args
 * @typedef {{code: string, args?: Args}} Message
 * @typedef {{id: string, text: string}} Entry
 * @typedef {{id: string, name: string}} Option
 */

/**
 * A question as a learner sees it.
 * @typedef {object} Face
 * @property {string} kind
 * @property {string} id
 * @property {string} widget
 * @property {string} prompt
 * @property {number} marks
 * @property {string[]} hints
 * @property {string} [objective]
 * @property {Entry[]} [options]
 * @property {Entry[]} [lefts]
 * @property {Entry[]} [targets]
 * @property {Entry[]} [items]
 * @property {boolean} [bins]
 * @property {string[]} [segments]
 * @property {any} [blanks]
 * @property {string} [unit]
 * @property {any} [rows]
 * @property {any} [columns]
 * @property {any} [image]
 * @property {any} [regions]
 * @property {any} [scale]
 */

/**
 * One option, blank, left side or item in a verdict.
 * @typedef {object} Part
 * @property {string} id
 * @property {string} state
 * @property {string} [chosen]
 * @property {string} [expected]
 * @property {string} [why]
 */

/**
 * What the engine says of an answer.
 * @typedef {object} Verdict
 * @property {string} state
 * @property {number} score
 * @property {number} marks
 * @property {number} max
 * @property {Message[]} [messages]
 * @property {Part[]} [parts]
 * @property {string} [why]
 * @property {string} [slip]
 * @property {any} [solution]
 * @property {string[]} [checklist]
 * @property {string} [model]
 */

/**
 * An input for a question: what is shown, how its verdict is shown on it, and where focus goes.
 * @typedef {object} Widget
 * @property {HTMLElement} element
 * @property {(verdict: Verdict) => void} [mark] puts the verdict's parts where they belong
 * @property {boolean} [tells] whether `mark` says the reason of every part itself
 * @property {() => void} [lock] no more input
 */

/** @typedef {(face: Face, answer: any, changed: (answer: any) => void) => Widget} MakeWidget */
/** @typedef {(request: object) => any} Call */

/**
 * What all scripts of a page share.
 * @typedef {object} Kejian
 * @property {any} data
 * @property {(code: string, args?: Args) => string} word
 * @property {(code: string) => boolean} hasWord
 * @property {(name: string, properties?: Record<string, any>, ...children: Child[]) => any} make
 * @property {(place: Element, ...children: Child[]) => void} fill
 * @property {(html: string | undefined) => string} text
 * @property {(text: unknown) => string} escape
 * @property {(text: string) => void} say
 * @property {(number: number, decimals?: number) => string} figure
 * @property {(message: Message) => string} message
 * @property {(page: string, start: () => void) => void} register
 * @property {Keep} storage
 * @property {Promise<Call>} engine
 * @property {Record<string, MakeWidget>} widgets
 * @property {Record<string, any>} parts
 */
/** @typedef {Node | string | null | undefined | false | 0} Child */

/**
 * What is kept on the device.
 * @typedef {object} Keep
 * @property {(name: string) => any} get
 * @property {(name: string) => string} text
 * @property {(name: string, value: unknown) => void} set
 * @property {(name: string) => void} remove
 * @property {() => string[]} names
 * @property {(name: string, tell: () => void) => void} onChange
 * @property {() => boolean} lasting whether it outlives the page
 * @property {() => string} pack what does not, to be carried along in an address; nothing if it does
 */

/**
 * A column or result as a learner sees it.
 * @typedef {object} ColumnFace
 * @property {string} id
 * @property {string} title
 * @property {string} [unit]
 * @property {string} kind
 * @property {boolean} asked
 * @property {number} decimals
 * @property {boolean} percent
 * @property {"number" | "text" | "texts" | "yes_no" | "label" | "set" | "pick"} input
 * @property {number} [from]
 * @property {number} [to]
 * @property {Option[]} [options]
 * @property {boolean} [ordered]
 * @property {number} [take]
 * @property {Record<string, string>} [anchors]
 * @property {string[]} [checklist]
 * @property {string[]} [parts]
 * @property {Option[]} [items]
 * @property {any} card
 */

/**
 * A stage as a learner sees it.
 * @typedef {object} StageFace
 * @property {string} id
 * @property {"table" | "bins" | "order" | "pipeline" | "question"} kind
 * @property {string} title
 * @property {string} task
 * @property {string[]} hints
 * @property {number} pass
 * @property {number} max
 * @property {Face} [principle]
 * @property {any} [figure]
 * @property {Face} [question]
 * @property {any[]} [items]
 * @property {any[]} [bins]
 * @property {any[]} [fields]
 * @property {ColumnFace[]} [columns]
 * @property {any[]} [rows]
 * @property {ColumnFace[]} [results]
 * @property {string[]} open
 * @property {any[]} [who]
 * @property {any[]} [places]
 * @property {any[]} [periods]
 * @property {any} [shown]
 */

/**
 * The verdict on one cell.
 * @typedef {object} CellVerdict
 * @property {string} cell
 * @property {string} state
 * @property {number} credit
 * @property {number} max
 * @property {any} [given]
 * @property {any} [expected]
 * @property {string} [shown]
 * @property {string} [why]
 * @property {Message} [message]
 * @property {string} [feedback]
 */

/**
 * What draws a stage's work: its element, and how a check is shown on it.
 * @typedef {object} Work
 * @property {HTMLElement} element
 * @property {(cells: Map<string, CellVerdict>, verdict: any) => void} mark
 * @property {() => void} [destroy]
 * @property {boolean} [broad] needs the whole width of a screen
 */

/**
 * What a stage's work may do with the learner's answers.
 * @typedef {object} Answers
 * @property {(cell: string) => any} get
 * @property {(cell: string, value: any) => void} put
 * @property {(cell: string) => boolean} open whether the learner fills it
 * @property {(cell: string) => string | undefined} shown what stands in a cell that is not open
 * @property {(column: string) => void} attend the learner is at this column now
 */
