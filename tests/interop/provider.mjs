// An unmodified Hocuspocus provider, driven line by line: one JSON command in, JSON events out.
import readline from 'node:readline'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import WebSocket from 'ws'
import * as Y from 'yjs'

const [url, token] = process.argv.slice(2)
const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`)
const socket = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket })
const providers = new Map()

socket.on('message', (event) => say({ wire: Buffer.from(event.data).toString('base64') }))

function open(name) {
  const document = new Y.Doc()
  const text = document.getText('content')
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name,
    document,
    token,
    onAuthenticated: ({ scope }) => say({ authenticated: name, scope }),
    onAuthenticationFailed: ({ reason }) => say({ denied: name, reason }),
    onSynced: ({ state }) => state && say({ synced: name, text: text.toString() }),
    onUnsyncedChanges: ({ number }) => say({ unsynced: name, number }),
    onStateless: ({ payload }) => say({ stateless: name, payload: JSON.parse(payload) }),
    onAwarenessUpdate: ({ states }) => say({ awareness: name, states }),
  })
  provider.attach()
  text.observe(() => say({ text: text.toString(), of: name }))
  providers.set(name, { provider, text })
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const command = JSON.parse(line)
  const known = providers.get(command.name)
  if (command.do === 'open') open(command.name)
  if (command.do === 'insert') known.text.insert(command.at, command.text)
  if (command.do === 'stateless') known.provider.sendStateless(JSON.stringify(command.message))
  if (command.do === 'awareness') known.provider.setAwarenessField(command.key, command.value)
  if (command.do === 'quit') process.exit(0)
})
say({ ready: true })
