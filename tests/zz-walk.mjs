import { chromium } from 'playwright-core'
import fs from 'node:fs'
const base='http://localhost:4717'
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu','--disable-background-networking']})
const ctx = await b.newContext({viewport:{width:1280,height:900}, colorScheme:'light', permissions:['clipboard-read','clipboard-write']})
const p = await ctx.newPage()
p.on('console',m=>{ if(['error','warning'].includes(m.type())) console.log('CONSOLE',m.type(),m.text().slice(0,300))})
p.on('pageerror',e=>console.log('PAGEERROR',e.message))
const shot=(n)=>p.screenshot({path:`/tmp/gh/shots/${n}.png`})
const axe = fs.readFileSync('/work/main/tests/node_modules/axe-core/axe.min.js','utf8')
const check=async(n)=>{ await p.waitForTimeout(350); await p.evaluate(axe); const r=await p.evaluate(()=>globalThis.axe.run({runOnly:['wcag2a','wcag2aa','wcag21aa']})); for(const v of r.violations) console.log('AXE',n,v.id,v.nodes.length,v.nodes[0].target.join(' '),v.nodes[0].failureSummary.slice(0,200)) }
p.setDefaultTimeout(8000)
const step=async(n,f)=>{ try{ await f(); console.log('ok',n)}catch(e){ console.log('FAIL',n,e.message.split('\n').slice(0,6).join(' | ')); await shot('fail-'+n) } }
const pem = fs.existsSync('/tmp/gh/cert.pem')?fs.readFileSync('/tmp/gh/cert.pem','utf8'):''
await step('setup', async()=>{
  await p.goto(base+'/setup?token=0123456789abcdef0123'); await p.waitForTimeout(800)
  if (await p.getByLabel('Organization name').count()) {
    await p.getByLabel('Organization name').fill('Acme')
    for (const l of ['Your e-mail address','E-mail address','Your email','Email']) if(await p.getByLabel(l,{exact:true}).count()) await p.getByLabel(l,{exact:true}).fill('olivia@acme.example')
    await p.locator('input[type=password]').first().fill('correct horse battery staple 9')
    await shot('setup'); await p.locator('button[type=submit]').click()
  } else { await p.goto(base+'/sign-in'); await p.locator('input[type=email],input[name=email],input[autocomplete~=username]').first().fill('olivia@acme.example'); await p.locator('input[type=password]').fill('correct horse battery staple 9'); await p.locator('button[type=submit]').click(); await p.waitForTimeout(1000); await p.goto(base+'/organizations/acme/settings') }
  await p.getByRole('heading',{name:'Single Sign-On (SSO)'}).waitFor()
})
await step('empty', async()=>{ await p.getByText('No identity provider is connected').waitFor(); await p.waitForTimeout(300); await shot('01-empty'); await check('empty') })
await step('choose', async()=>{ await p.getByRole('button',{name:'Configure'}).click(); await p.getByRole('button',{name:/SAML 2.0 Microsoft/}).waitFor(); await p.waitForTimeout(300); await shot('02-choose'); await check('choose'); console.log('focus', await p.evaluate(()=>document.activeElement?.textContent?.slice(0,20))) })
await step('untouched draft is deleted', async()=>{
  await p.getByRole('button',{name:/SAML 2.0 Microsoft/}).click(); await p.getByLabel('Redirect URL',{exact:true}).waitFor(); await p.waitForTimeout(400); await shot('03-form')
  console.log('redirect', await p.getByLabel('Redirect URL',{exact:true}).inputValue())
  await p.getByRole('button',{name:'Cancel'}).click(); await p.getByText('No identity provider is connected').waitFor(); await p.waitForTimeout(300)
  console.log('focus', await p.evaluate(()=>document.activeElement?.textContent?.slice(0,20)))
})
await step('form', async()=>{
  await p.getByRole('button',{name:'Configure'}).click(); await p.getByRole('button',{name:/SAML 2.0 Microsoft/}).click()
  await p.getByRole('button',{name:'Copy Redirect URL'}).click(); await p.waitForTimeout(200)
  console.log('clip', await p.evaluate(()=>navigator.clipboard.readText()))
  await p.getByRole('button',{name:'Cancel'}).click(); await p.getByText('Close without saving?').waitFor(); await p.waitForTimeout(300); await shot('04-leave'); await check('leave')
  await p.keyboard.press('Escape'); await p.getByText('Close without saving?').waitFor({state:'hidden'}); if(!(await p.getByLabel('Redirect URL',{exact:true}).isVisible())) throw Error('main closed')
  await p.getByLabel('Single Sign-On URL',{exact:true}).fill('http://example.com/sso'); await p.getByLabel('Entity ID',{exact:true}).fill('has space'); await p.getByLabel('Certificate',{exact:true}).fill('nonsense')
  await p.waitForTimeout(900); await p.getByRole('button',{name:'Save'}).click(); await p.waitForTimeout(900)
  console.log('focus', await p.evaluate(()=>document.activeElement?.name)); await p.locator('.mantine-Modal-content').first().evaluate(e=>e.scrollTop=500); await shot('05-errors'); await check('errors')
})
await step('certificate', async()=>{
  await p.getByLabel('Single Sign-On URL',{exact:true}).fill('http://127.0.0.1:8195/sso'); await p.getByLabel('Entity ID',{exact:true}).fill('acme')
  await p.getByLabel('Certificate',{exact:true}).fill(''); await p.locator('input[type=file]').setInputFiles('/tmp/gh/cert.der'); await p.getByText('SHA-256').waitFor(); await p.locator('.mantine-Modal-content').first().evaluate(e=>e.scrollTop=700); await p.waitForTimeout(300); await shot('06-cert'); await check('cert')
})
await step('save', async()=>{ await p.getByRole('button',{name:'Save'}).click(); await p.getByText('Saved: SAML 2.0').waitFor(); await p.getByText('Waiting for the first').waitFor(); await p.waitForTimeout(300); await shot('07-saved'); await check('saved'); await p.getByRole('button',{name:'Done'}).click(); await p.waitForTimeout(400); await shot('08-list'); await check('list'); console.log('focus', await p.evaluate(()=>document.activeElement?.textContent?.slice(0,20))) })
await step('stale', async()=>{
  await p.getByRole('button',{name:'Edit'}).click(); await p.getByLabel('Name',{exact:true}).waitFor()
  const href = await p.locator('a',{hasText:'Details and sign-in'}).getAttribute('href'); const id = href.split('/').pop()
  const r = await p.evaluate(async(id)=>{const r=await fetch('/graphql',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({query:'mutation($i:UpdateSamlConnectionInput!){updateSamlConnection(input:$i){connection{id revision}}}',variables:{i:{connectionId:id,spEntityId:'other'}}})});return r.text()},id); console.log(r)
  await p.getByLabel('Name',{exact:true}).fill('Entra of Acme'); await p.getByRole('button',{name:'Save',exact:true}).click(); await p.getByText('in the meantime').waitFor(); await p.waitForTimeout(300); await shot('09-stale'); await check('stale'); await p.getByRole('button',{name:'Keep mine and save'}).click(); await p.getByText('Saved: Entra of Acme').waitFor(); console.log('entity', await p.getByText('SSO login URL').count()); await p.getByRole('button',{name:'Done'}).click()
})
await step('detail', async()=>{ await p.getByRole('link',{name:'Details and sign-in attempts'}).click(); await p.getByText('Nobody has tried').waitFor(); await p.waitForTimeout(400); await p.screenshot({path:'/tmp/gh/shots/10-detail.png',fullPage:true}); await check('detail'); console.log('entity', await p.getByLabel('Entity ID',{exact:true}).inputValue(), p.url()) })
fs.writeFileSync('/tmp/gh/state.json', JSON.stringify({url:p.url(), storage: await ctx.storageState()}))
await b.close()
